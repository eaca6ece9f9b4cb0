"""A throw-away PostgreSQL server: started by the first test that wants one, gone at the end of the run."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

FOLDERS = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *map(Path, ("/usr/local/bin", "/usr/bin")))
SETTINGS = "-c listen_addresses='' -c fsync=off -c max_connections=60 -c logging_collector=off"


class Unavailable(Exception):
    """Why no server can be started here."""


class Postgres:
    def __init__(self):
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
            self.run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", f"-k {self.folder} {SETTINGS}", "start")
        except subprocess.CalledProcessError as problem:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Unavailable(f"PostgreSQL does not start: {problem.stderr[-300:]}") from None
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
        """The address of a new, empty database."""
        import psycopg

        self.count += 1
        with psycopg.connect(f"postgresql://postgres@/postgres?host={self.folder}", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE d{self.count} STRATEGY file_copy")
        return f"postgresql://postgres@/d{self.count}?host={self.folder}"

    def stop(self):
        self.run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
