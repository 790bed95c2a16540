#!/usr/bin/env python3
"""The measurements behind `make bench`. One function a figure; each run is one JSON line of measure.sh. Standard library
only. Poor figures are printed like good ones; how busy the machine was stands beside them."""
import json, os, signal, subprocess, sys, tempfile, time
from pathlib import Path

import card

FILES, BINARY, BARE = (Path(p) for p in sys.argv[1:4])
SIPP = FILES / "sipp"
HERE = Path(__file__).parent
# Seconds of each step; the whole takes about nine minutes.
SHORT, FLOOD_S = int(os.environ.get("BENCH_SECONDS", 10)), int(os.environ.get("BENCH_FLOOD_SECONDS", 30))
CALLS = int(os.environ.get("BENCH_CALLS", 20))
RECORDED = int(os.environ.get("BENCH_RECORDED_CALLS", 100))
SEATS = int(os.environ.get("BENCH_SEATS", 40))
SET_UP_CPS, FLOOD_CPS, HOLD_MS, TALK_MS = 300, 3000, 200, 10_000
work = Path(tempfile.mkdtemp(prefix="siaga-bench-"))
running, ports = [], iter(range(5_200, 5_900, 2))


def start(*args, **more):
    process = subprocess.Popen([str(a) for a in args], start_new_session=True, **more)
    running.append(process)
    return process


def stop(process):
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    if process in running:
        running.remove(process)


def say(text):
    print(text, file=sys.stderr, flush=True)


def command(target, pids, scenario, rate, seconds, *more):
    port, folder = next(ports), tempfile.mkdtemp(dir=work)
    return [FILES / "measure.sh", "-t", target, "-p", ",".join(map(str, pids)), "-s", SIPP / scenario, "-r", rate,
            "-d", seconds, "-b", "127.0.0.2", "-P", port, "-w", folder, *more]


def measure(*args):
    out = subprocess.run([str(a) for a in command(*args)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    lines = out.stdout.strip().splitlines()
    if not lines:
        raise SystemExit(f"measure.sh said nothing; its folder is in {work}")
    return json.loads(lines[-1])


def rss(pid):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1])
    return 0


class Bare:
    """The voice crate alone, answering at once: what SIP and recording cost without a desk."""

    def __init__(self, open_calls=10_000, suspects=None):
        self.log = open(tempfile.mktemp(dir=work), "w+")
        more = [suspects] if suspects else []
        port = next(ports)
        self.target = f"127.0.0.1:{port}"
        self.process = start(BARE, self.target, open_calls, *more, stdout=self.log, stderr=subprocess.DEVNULL)
        deadline = time.time() + 20
        while "sip_udp" not in Path(self.log.name).read_text():
            if time.time() > deadline or self.process.poll() is not None:
                raise SystemExit("the bare voice side did not start")
            time.sleep(0.05)

    @property
    def pids(self):
        return [self.process.pid]

    def counts(self):
        time.sleep(1.2)
        last = [line for line in Path(self.log.name).read_text().splitlines() if line.startswith("arrived")]
        words = last[-1].split() if last else []
        return dict(zip(words[::2], map(int, words[1::2])))

    def stop(self):
        stop(self.process)


class City:
    """The whole program on a demo city."""

    def __init__(self):
        ready = open(work / f"ready-{time.time()}", "w+")
        self.process = start(BINARY, "serve", "--demo", "--data", tempfile.mkdtemp(dir=work), "--http", "127.0.0.1:0",
                             "--sip", "127.0.0.1:0", "--ready-json", stdout=ready, stderr=open(work / "city.log", "a"))
        deadline = time.time() + 30
        while not (text := Path(ready.name).read_text()).strip():
            if time.time() > deadline or self.process.poll() is not None:
                raise SystemExit(f"the city did not start: {(work / 'city.log').read_text()[-500:]}")
            time.sleep(0.05)
        ready = json.loads(text.splitlines()[0])
        self.url, self.target, self.accounts = ready["http"], ready["sip_udp"], ready["accounts"]
        self.pids = [self.process.pid]

    def seats(self, count, *more):
        log = open(tempfile.mktemp(dir=work), "w+")
        bots = start(BINARY, "sim", "seats", "--url", self.url, "--count", count, *more, stdout=log, stderr=log)
        deadline = time.time() + 90
        while Path(log.name).read_text().count("seated") < count:
            if time.time() > deadline or bots.poll() is not None:
                raise SystemExit(f"seats did not come up: {Path(log.name).read_text()[-300:]}")
            time.sleep(0.1)
        return bots

    def stop(self):
        stop(self.process)


class Kamailio:
    """The peer: relays to a sipp that answers; with rtpengine beside it; or refuses the flood's numbers statelessly."""

    def __init__(self, *defines):
        self.parts = [start("sipp", "-sf", SIPP / "uas_echo.xml", "-i", "127.0.0.3", "-p", 5070, "-mi", "127.0.0.3",
                            "-mp", 7000, "-rtp_echo", "-nostdin", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)]
        self.pids = []
        if "WITH_RTP" in defines:
            relay = start("rtpengine", "--config-file=none", "--interface=127.0.0.1", "--listen-ng=127.0.0.1:22222",
                          "--table=-1", "-m", 40000, "-M", 48000, "--foreground", "--log-stderr", "-L", 3,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.parts.append(relay)
            self.pids.append(relay.pid)
        flags = [word for name in defines for word in ("-A", name)]
        main = start("kamailio", "-f", HERE / "kamailio.cfg", *flags, "-m", 512, "-P", tempfile.mktemp(dir=work), "-DD", "-E",
                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.parts.append(main)
        time.sleep(2)
        if main.poll() is not None:
            raise SystemExit("Kamailio did not start")
        children = subprocess.run(["pgrep", "-P", str(main.pid)], stdout=subprocess.PIPE, text=True).stdout.split()
        self.pids += [main.pid, *map(int, children)]
        self.target = "127.0.0.1:5080"

    def stop(self):
        for part in reversed(self.parts):
            stop(part)


def callers(count, share):
    path = work / f"callers-{count}-{share}.csv"
    path.write_text(subprocess.run(["python3", SIPP / "gen_callers.py", str(count), str(share)], check=True,
                                   stdout=subprocess.PIPE, text=True).stdout)
    return path


def suspects():
    path = work / "suspects"
    # The flood's two thousand numbers among a hundred thousand.
    path.write_text("".join(f"0899{n:08d}\n" for n in range(100_000)))
    return path


def set_ups():
    say("set-ups ...")
    peer = Kamailio()
    relayed = measure(peer.target, peer.pids, "uac_setup.xml", SET_UP_CPS, SHORT, "-H", HOLD_MS, "-N", "Kamailio")
    peer.stop()
    bare = Bare()
    alone = measure(bare.target, bare.pids, "uac_setup.xml", SET_UP_CPS, SHORT, "-H", HOLD_MS, "-N", "voice crate")
    swell = measure(bare.target, bare.pids, "uac_setup.xml", 350, 15, "-H", HOLD_MS, "-N", "350 cps x 15 s")
    bare.stop()
    city = City()
    bots = city.seats(CALLS, "--answer-after", 0, "--class", "prank")
    whole = measure(city.target, city.pids, "uac_setup.xml", 10, SHORT, "-H", HOLD_MS, "-N", "consoles")
    stop(bots)
    city.stop()
    return relayed, alone, swell, whole


def is_clean(run):
    p99 = run["response_ms"].get("1", {}).get("p99", 1e9)
    return run["fail_pct"] < 0.1 and run["retransmissions"] <= run["calls"] * 0.001 and p99 < 50


def largest():
    say("largest clean rate ...")
    best, runs = 0, []
    for rate in (500, 1000, 1500, 2000, 3000, 4000):
        bare = Bare()
        run = measure(bare.target, bare.pids, "uac_setup.xml", rate, 5, "-H", 0, "-N", f"{rate} cps")
        bare.stop()
        runs.append(run)
        if not is_clean(run):
            break
        best = rate
    return best, runs


def refused(side, seconds, name):
    return measure(side.target, side.pids, "uac_mixed.xml", FLOOD_CPS, seconds, "-i", callers(FLOOD_CPS * seconds, 0), "-N", name)


def flooded(side, name):
    """A flood, and a good caller twice a second before, in and after it."""
    probe = subprocess.Popen([str(a) for a in command(side.target, side.pids, "uac_setup.xml", 2, FLOOD_S + 15, "-H", 500,
                                                      "-N", f"good callers, {name}")],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    time.sleep(5)
    flood = refused(side, FLOOD_S, f"flood, {name}")
    return flood, json.loads(probe.communicate()[0].strip().splitlines()[-1])


def refusals():
    say("refusals and flood ...")
    list_ = suspects()
    peer = Kamailio("WITH_REFUSAL")
    theirs = refused(peer, SHORT, "Kamailio refuses")
    peer.stop()
    bare = Bare(open_calls=200, suspects=list_)
    ours = refused(bare, SHORT, "Siaga defers")
    bare.stop()

    peer = Kamailio("WITH_REFUSAL")
    their_flood, their_good = flooded(peer, "Kamailio")
    peer.stop()
    bare = Bare(open_calls=200, suspects=list_)
    flood, good = flooded(bare, "Siaga")
    counts = bare.counts()
    bare.stop()
    return theirs, ours, their_flood, their_good, flood, good, counts


def voices():
    say("voices ...")
    peer = Kamailio("WITH_RTP")
    talk = lambda target, pids, calls, name: measure(
        target, pids, "uac_rtp.xml", calls / 10, 15, "-H", TALK_MS, "-M", 30_000, "-N", name)
    theirs = talk(peer.target, peer.pids, RECORDED, "rtpengine")
    peer.stop()
    bare = Bare()
    alone = talk(bare.target, bare.pids, RECORDED, "one leg, recorded")
    bare.stop()
    city = City()
    bots = city.seats(CALLS, "--answer-after", 0, "--class", "prank")
    whole = talk(city.target, city.pids, CALLS, "consoles, DTLS-SRTP, recorded")
    stop(bots)
    city.stop()
    return theirs, alone, whole


def cards():
    say("INVITE to card ...")
    city = City()
    bots = city.seats(SEATS, "--answer-after", 3600)
    found = card.latencies(city.url, city.target, city.accounts, 100)
    cpu = sum(map(float, open(f"/proc/{city.pids[0]}/stat").read().rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")
    stop(bots)
    city.stop()
    return found, cpu


def main():
    began = time.time()
    relayed, alone, swell, whole = set_ups()
    best, ramp = largest()
    theirs, ours, their_flood, their_good, flood, good, counts = refusals()
    relay, leg, dtls = voices()
    found, _ = cards()
    k, m = "target_cpu_s_per_1000_calls", "target_cpu_s_per_call_minute"
    said_no = lambda run: run["counters"].get("nuis_refused") or 0
    per_refusal = lambda run: round(1000 * run["target_cpu_s"] / said_no(run), 3) if said_no(run) else None
    answered = lambda run: round(100 * run["ok"] / run["calls"], 2)
    waited = lambda run: "{p50} / {p99}".format(**{"p50": None, "p99": None, **run["response_ms"].get("1", {})})
    grown = lambda run: round((run["target_rss_max_kb"] - run["target_rss_start_kb"]) / 1024)
    shown = []

    def row(goal, what, value, wanted, peer=""):
        shown.append((goal, what, "-" if value is None else str(value), wanted, "-" if peer is None else str(peer)))

    row("G1", "CPU-s per 1000 set-ups, voice crate, 300 cps", alone[k], "0.35-0.45", f"Kamailio {relayed[k]}")
    row("G1", "CPU-s per 1000 answered by consoles, 10 cps", whole[k], "0.35-0.45", f"Kamailio {relayed[k]}")
    row("G2", "largest clean rate, cps (voice crate)", f"{best}{'+' if best == 4000 else ''}", "2600")
    row("G3", "CPU-s per 1000 refused, 100,000 numbers", per_refusal(ours), "0.066", f"Kamailio {per_refusal(theirs)}")
    row("G3", "the same within the flood", per_refusal(flood), "0.066", f"Kamailio {per_refusal(their_flood)}")
    row("G4", f"CPU-s per call-minute, one leg recorded, {leg['open_peak']} calls", leg[m], "0.09", f"rtpengine {relay[m]}")
    row("G5", f"CPU-s per call-minute, DTLS, recorded, {dtls['open_peak']} calls", dtls[m], "0.12", f"rtpengine {relay[m]}")
    row("G7", "kB per open recorded call (one leg)", leg["target_rss_kb_per_open_call"], "80", f"rtpengine {relay['target_rss_kb_per_open_call']}")
    row("G7", "kB per open call through consoles", dtls["target_rss_kb_per_open_call"], "80")
    row("G7", "MB after 350 cps x 15 s", round(swell["target_rss_max_kb"] / 1024), "150")
    row("G8", "good calls answered in the flood, %", answered(good), "99.9", f"Kamailio {answered(their_good)}")
    row("G8", "their INVITE-200 p50 / p99, ms", waited(good), "p99 50", f"Kamailio {waited(their_good)}")
    row("G8", "memory the flood took, MB", grown(flood), "50", f"Kamailio {grown(their_flood)}")
    row("G9", f"retransmissions in {flood['calls']} flood calls", flood["retransmissions"], "5 %", f"Kamailio {their_flood['retransmissions']}")
    row("G9", "deferred by answer / counted by events", f"{said_no(flood)} / {counts.get('deferred')}", "equal")
    row("G10", "threads, most seen", max(r["target_threads_max"] for r in (alone, whole, leg, dtls)), f"{2 * os.cpu_count() + 4}")
    row("G11", f"INVITE to card, {SEATS} seats, p50 / p99, ms", f"{found['p50']} / {found['p99']} (n {found['n']})", "p99 100")
    print(f"{'':5}{'measure':58}{'Siaga':>22}{'goal':>12}  peer")
    for goal, what, value, wanted, peer in shown:
        print(f"{goal:5}{what:58}{value:>22}{wanted:>12}  {peer}")
    print()
    for run in (relayed, alone, swell, whole, *ramp, theirs, ours, their_flood, their_good, flood, good, relay, leg, dtls):
        print(f"{run['name']:32} calls {run['calls']} ok {run['ok']} failed {run['failed']} retransmissions {run['retransmissions']} "
              f"ms {run['response_ms']} cpu {run['target_cpu_s']} s RSS {run['target_rss_start_kb']}-{run['target_rss_max_kb']} kB "
              f"drops {run['udp_drops_by_process'].get('target')} machine busy {run['machine_busy_pct']} % other {run['machine_other_cpu_s']} s")
    print(f"{time.time() - began:.0f} s in all. Consoles: HTTP, WebRTC, DTLS-SRTP, store and both voices recorded; the peers only relay or refuse.")
    print("Not measured here: G4 with plain RTP on both legs (a console is always DTLS-SRTP; the row is the caller's leg alone), G6, G12, G13.")


def end():
    for process in list(running):
        stop(process)
    subprocess.run(["rm", "-rf", str(work)])


if __name__ == "__main__":
    try:
        main()
    finally:
        end()
