"""Ask a portal that has just started for what must be there; part of prove.sh."""

import sys
import time
import urllib.error
import urllib.request

PORT, TOKEN = sys.argv[1:]
OVER_TLS = {"X-Forwarded-Proto": "https", "Host": "itu.example"}
METRICS = {"Authorization": f"Bearer {TOKEN}"}
# Path, headers, expected status, expected words.
QUESTIONS = [
    ("/healthz", {}, 200, "ok"),
    ("/readyz", {}, 200, '"status": "ready"'),
    ("/", OVER_TLS, 200, "</html>"),
    ("/itu-t/g.711/", OVER_TLS, 200, "G.711"),
    ("/search/?q=speech", OVER_TLS, 200, "</html>"),
    ("/metrics", {}, 401, ""),
    ("/metrics", METRICS, 200, "itu_http_requests_total"),
]


def ask(path: str, headers: dict[str, str]) -> tuple[int, str]:
    """Return status and body."""
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


for _second in range(60):
    try:
        ask("/healthz", {})
        break
    except OSError:
        time.sleep(1)
for path, headers, expected, words in QUESTIONS:
    status, body = ask(path, headers)
    print(status, path)
    if status != expected or words not in body:
        sys.exit(f"{path}: {status}\n{body[:1000]}")
