"""A throw-away PostgreSQL server: started by the first test that wants one, gone at the end of the run."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

FOLDERS = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *map(Path, ("/usr/local/bin", "/usr/bin")))
SETTINGS = "-c listen_addresses='' -c max_connections=60 -c logging_collector=off"


class Unavailable(Exception):
    """Why no server can be started here."""


class Postgres:
    def __init__(self, *, durable=False):
        self.bin = next((folder for folder in FOLDERS if (folder / "initdb").exists()), None)
        if self.bin is None:
            raise Unavailable("PostgreSQL is not installed: apt-get install postgresql")
        self.prefix = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            if not shutil.which("runuser") or subprocess.run(["id", "postgres"], capture_output=True).returncode:
                raise Unavailable("root cannot run PostgreSQL, and there is no user postgres to do it")
            self.prefix = ["runuser", "-u", "postgres", "--"]
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        try:
            if self.prefix:
                shutil.chown(self.folder, "postgres")
            self.run(
                "initdb", "-D", "data", "-U", "postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"
            )
            self.settings = f"-k {self.folder} {SETTINGS} -c fsync={'on' if durable else 'off'}"
            self.go_on()
        except subprocess.CalledProcessError as problem:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Unavailable(f"PostgreSQL does not start: {(problem.stderr or str(problem))[-300:]}") from None
        self.count = 0

    def run(self, program, *arguments):
        subprocess.run(
            [*self.prefix, str(self.bin / program), *arguments],
            cwd=self.folder,
            check=True,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        )

    def database(self):
        """The address of an empty schema of its own: for our tables as good as a database, and made at once."""
        import psycopg

        self.count += 1
        address = f"postgresql://postgres@/postgres?host={self.folder}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA s{self.count}")
        return f"{address}&options=-csearch_path%3Ds{self.count}"

    def go_on(self):
        """Start it, at first or again."""
        self.run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", self.settings, "start")

    def halt(self):
        """Stop it for a while: everybody is cut off."""
        self.run("pg_ctl", "-D", "data", "-m", "fast", "-w", "stop")

    def cut(self):
        """Cut all connections; how many there were."""
        import psycopg

        with psycopg.connect(f"postgresql://postgres@/postgres?host={self.folder}", autocommit=True) as connection:
            query = (
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            return connection.execute(query).fetchone()[0]

    def stop(self):
        self.run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
