"""G11: from the INVITE on the wire to the card in a console's live stream. Reads GET /api/live as a page does."""
import http.client, json, socket, threading, time
from urllib.parse import urlsplit

APART_S = 0.1
LOST_AFTER_S = 5


def sign_in(url, account):
    at = urlsplit(url)
    line = http.client.HTTPConnection(at.hostname, at.port, timeout=20)
    body = json.dumps({"user": account["user"], "password": account["password"], "totp": None})
    line.request("POST", "/api/session", body, {"content-type": "application/json", "origin": url, "idempotency-key": "bench"})
    answer = line.getresponse()
    answer.read()
    if answer.status >= 300:
        raise SystemExit(f"cannot sign in as {account['user']}: {answer.status}")
    return "; ".join(value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie")


def follow(url, cookie, seen, up):
    at = urlsplit(url)
    line = http.client.HTTPConnection(at.hostname, at.port, timeout=60)
    line.request("GET", "/api/live", headers={"cookie": cookie, "origin": url})
    answer = line.getresponse()
    for raw in answer:
        if raw.startswith(b"data:"):
            now = time.perf_counter()
            up.set()
            view = json.loads(raw[5:])
            for one in view.get("calls", []):
                # The number's digits carry the sample's own.
                digits = "".join(c for c in (one.get("number") or "") if c.isdigit())
                seen.setdefault(digits[-8:], now)


def message(method, target, own, nth, sequence=1):
    body = (f"v=0\r\no=- {nth} 1 IN IP4 127.0.0.4\r\ns=-\r\nc=IN IP4 127.0.0.4\r\nt=0 0\r\nm=audio 9 RTP/AVP 8\r\n" if method == "INVITE" else "")
    return (f"{method} sip:112@{target} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bKcard{nth}\r\nMax-Forwards: 70\r\n"
            f"From: <sip:0813{nth:08d}@{own}>;tag=c{nth}\r\nTo: <sip:112@{target}>\r\nCall-ID: card-{nth}\r\n"
            f"CSeq: {sequence} {method}\r\nContact: <sip:0813{nth:08d}@{own}>\r\nContent-Type: application/sdp\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


def latencies(url, target, accounts, count):
    viewer = next((a for a in accounts if a["role"] in ("viewer", "shift_lead", "dispatcher")), accounts[0])
    seen, up = {}, threading.Event()
    threading.Thread(target=follow, args=(url, sign_in(url, viewer), seen, up), daemon=True).start()
    if not up.wait(10):
        raise SystemExit("the live stream says nothing")
    host, port = target.rsplit(":", 1)
    wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    wire.bind(("127.0.0.4", 0))
    own = "%s:%d" % wire.getsockname()
    found, lost = [], 0
    for nth in range(20_000_000, 20_000_000 + count):
        sent = time.perf_counter()
        wire.sendto(message("INVITE", target, own, nth), (host, int(port)))
        key = f"{nth:08d}"
        while key not in seen and time.perf_counter() - sent < LOST_AFTER_S:
            time.sleep(0.0005)
        if key in seen:
            found.append(1000 * (seen[key] - sent))
        else:
            lost += 1
        wire.sendto(message("CANCEL", target, own, nth), (host, int(port)))
        time.sleep(APART_S)
        # The 487 wants its ACK; without it the far end says it again, which costs both sides time.
        wire.setblocking(False)
        try:
            while True:
                answer = wire.recv(65535).decode(errors="replace")
                if answer.startswith("SIP/2.0 487"):
                    to = next(l for l in answer.split("\r\n") if l.lower().startswith("to:"))
                    ack = message("ACK", target, own, nth).decode()
                    wire.sendto("\r\n".join(to if l.startswith("To:") else l for l in ack.split("\r\n")).encode(), (host, int(port)))
        except BlockingIOError:
            pass
    found.sort()
    at = lambda p: round(found[min(len(found) - 1, int(p * len(found)))], 1) if found else None
    return {"n": len(found), "lost": lost, "p50": at(0.5), "p99": at(0.99), "max": round(found[-1], 1) if found else None}
