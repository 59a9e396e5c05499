# SPDX-License-Identifier: Apache-2.0
"""Runs the benchmarks and writes README.md beside this file. See run.sh."""
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.join(os.path.dirname(os.path.dirname(HERE)), "build-bench")
BENCH = os.path.join(BUILD, "test", "bench")
SAMPLES = os.path.join(BUILD, "samples", "calculator")
GSOAP = os.path.join(BUILD, "gsoap")
QUICK = "--quick" in sys.argv
ROUNDS = 1 if QUICK else 3
SECONDS = 1 if QUICK else 3


class Server:
    """A server process; its URL is the first thing it prints."""

    def __init__(self, command, prefix=(), path="", cpu=0):
        pin = ["taskset", "-c", str(cpu)] if cpu is not None else []
        self.process = subprocess.Popen(
            pin + list(prefix) + command, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip() + path

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.wait(20)

    def cpu_seconds(self):
        with open("/proc/%d/stat" % self.process.pid) as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_kib(self, key="VmRSS"):
        with open("/proc/%d/status" % self.process.pid) as f:
            return int(re.search(key + r":\s+(\d+)", f.read()).group(1))


def sebon(prefix=(), delay=None, cpu=0):
    command = [os.path.join(SAMPLES, "calculator-server"), "--port", "0",
               "--delay", str(delay or 0)]
    return Server(command, prefix, cpu=cpu)


def gsoap(prefix=(), threads=16, cpu=0):
    command = [os.path.join(GSOAP, "gsoap-server"), "0", str(threads)]
    return Server(command, prefix, "/calculator", cpu=cpu)


def json_lines(command, check=True):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True,
                          timeout=300)
    if check and done.returncode != 0:
        print("failed: %s\n%s" % (" ".join(command), done.stdout))
    return [json.loads(l) for l in done.stdout.splitlines() if l[:1] == "{"]


def wrk(server, connections):
    cpu = server.cpu_seconds()
    done = subprocess.run(
        ["taskset", "-c", "1", "wrk", "-t1", "-c%d" % connections,
         "-d%ds" % SECONDS, "--latency", "--timeout", "30s",
         "-s", os.path.join(HERE, "check.lua"), server.url],
        stdout=subprocess.PIPE, text=True, timeout=120)
    result = json.loads(re.search("JSON (.*)", done.stdout).group(1))
    result["cpu_us"] = ((server.cpu_seconds() - cpu) * 1e6 /
                        max(result["right"], 1))
    result["rps"] = result["right"] / result["seconds"]
    return result


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def measure_server(report):
    """wrk against both, in turns."""
    report.append("## Server: `wrk`, every reply checked\n")
    report.append("The server on one core, `wrk` on the other; medians of %d "
                  "runs of %d s, taken in turns. gSOAP serves a keep-alive "
                  "connection with a thread, so it gets 16 threads, and 1000 "
                  "for 1000 connections.\n" % (ROUNDS, SECONDS))
    report.append("| connections | server | replies/s | p50 us | p99 us | "
                  "CPU us/call | wrong or failed | ratio replies/s |")
    report.append("|---|---|---|---|---|---|---|---|")
    for connections in (1, 64, 1000):
        threads = 1000 if connections == 1000 else max(16, connections)
        makers = {"sebon": sebon, "gSOAP": lambda: gsoap(threads=threads)}
        rows = {name: [] for name in makers}
        for turn in range(ROUNDS):
            for name in sorted(makers, reverse=turn % 2 == 0):
                with makers[name]() as server:
                    rows[name].append(wrk(server, connections))
        base = median(rows["gSOAP"], "rps")
        for name in ("sebon", "gSOAP"):
            r = rows[name]
            bad = sum(x["wrong"] + x["errors"] + x["timeouts"] for x in r)
            report.append("| %d | %s | %.0f | %.0f | %.0f | %.1f | %d | %s |" % (
                connections, name, median(r, "rps"), median(r, "p50_us"),
                median(r, "p99_us"), median(r, "cpu_us"), bad,
                "%.1f" % (median(r, "rps") / base)))
            print(report[-1], flush=True)
    report.append("")


def callgrind(command_of, calls_of):
    """User instructions of one call: the difference of two runs."""
    totals = []
    counts = (100, 600)
    for calls in counts:
        with tempfile.NamedTemporaryFile() as out:
            prefix = ["valgrind", "-q", "--tool=callgrind",
                      "--callgrind-out-file=" + out.name]
            command_of(prefix, calls)
            text = open(out.name).read()
        totals.append(int(re.search(r"(?:summary|totals): (\d+)",
                                    text).group(1)))
    return (totals[1] - totals[0]) / (counts[1] - counts[0])


def measure_instructions(report):
    load = os.path.join(BENCH, "bench-throughput")

    def server_of(maker):
        def run(prefix, calls):
            with maker(prefix, cpu=None) as server:
                json_lines([load, server.url, str(calls), "1"])
        return run

    def sebon_client(prefix, calls):
        with sebon(cpu=None) as server:
            json_lines(prefix + [load, server.url, str(calls), "1"])

    def gsoap_client(prefix, calls):
        with sebon(cpu=None) as server:
            subprocess.run(prefix + [os.path.join(GSOAP, "gsoap-client"),
                                     server.url, "many:%d" % calls],
                           check=True)

    rows = [("server", "sebon", server_of(sebon)),
            ("server", "gSOAP", server_of(lambda p, cpu: gsoap(p, 1, cpu))),
            ("client", "sebon", sebon_client),
            ("client", "gSOAP", gsoap_client)]
    report.append("## User instructions a call\n")
    report.append("`valgrind --tool=callgrind`, one connection, Add; the "
                  "difference of 600 and 100 calls. Aim: 30,000.\n")
    report.append("| side | peer | instructions |")
    report.append("|---|---|---|")
    for side, peer, run in rows:
        report.append("| %s | %s | %s |" % (
            side, peer, format(round(callgrind(run, None)), ",")))
        print(report[-1], flush=True)
    report.append("")


def measure_client(report):
    report.append("## Client: one thread, results checked\n")
    report.append("Against sebon's own server on the other core; gSOAP's "
                  "client is synchronous, one call after the other.\n")
    report.append("| outstanding | client | calls/s | CPU us/call |")
    report.append("|---|---|---|---|")
    calls = 20000 if QUICK else 60000
    with sebon() as server:
        for outstanding in (1, 16, 64):
            row = json_lines(["taskset", "-c", "1",
                              os.path.join(BENCH, "bench-throughput"),
                              server.url, str(calls), str(outstanding)])[0]
            report.append("| %d | sebon | %.0f | %.1f |" % (
                outstanding, row["calls_s"], row["cpu_us"]))
            print(report[-1], flush=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        subprocess.run(["taskset", "-c", "1",
                        os.path.join(GSOAP, "gsoap-client"), server.url,
                        "many:%d" % (calls // 3)], check=True)
        wall = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = (after.ru_utime + after.ru_stime - before.ru_utime -
               before.ru_stime)
        report.append("| 1 | gSOAP | %.0f | %.1f |" % (
            calls // 3 / wall, cpu * 1e6 / (calls // 3)))
        print(report[-1], flush=True)
    report.append("")


def measure_outstanding(report):
    report.append("## 10,000 calls at once, answered after 100 ms\n")
    report.append("One loop, one thread. Memory is what the runtime's "
                  "allocator was asked for. Aim: 1 s and the "
                  "delay; 4 KiB with a connection each, 1 KiB without.\n")
    report.append("| calls | connections | right | begin s | total s | "
                  "bytes/call, all begun | bytes/call, at most | "
                  "server peak RSS MB |")
    report.append("|---|---|---|---|---|---|---|---|")
    for connections in (10000, 100):
        with sebon(delay=100) as server:
            row = json_lines([os.path.join(BENCH, "bench-outstanding"),
                              server.url, "10000", str(connections)])[0]
            report.append("| %d | %d | %d | %.3f | %.3f | %d | %d | %.1f |" % (
                row["calls"], row["connections"], row["ok"], row["begin_s"],
                row["total_s"], row["waiting_bytes"], row["peak_bytes"],
                server.memory_kib("VmHWM") / 1024))
            print(report[-1], row["error"], flush=True)
    report.append("\nWith 100 connections the calls wait in the queue: ten "
                  "thousand in turns of a hundred take 100 x 100 ms, and the "
                  "memory is that of a call without a connection.\n")


def measure_stall(report):
    rows = json_lines([os.path.join(BENCH, "bench-stall")])
    whole = rows[-1]
    report.append("## A 1 ms timer while 200 calls run against bad peers\n")
    report.append("Longest gap between two ticks: **%.2f ms** (aim: 5). "
                  "%d of %d calls ended, %d of them late (more than 100 ms "
                  "after the deadline of 1.5 s).\n" % (
                      whole["longest_gap_ms"], whole["ended"],
                      whole["calls"], whole["late"]))
    report.append("| peer | ended | succeeded | late | an error as told |")
    report.append("|---|---|---|---|---|")
    for row in rows[:-1]:
        report.append("| %s | %d | %d | %d | %s |" % (
            row["peer"], row["ended"], row["succeeded"], row["late"],
            row["error"].replace("|", "\\|")))
    report.append("")
    print("longest gap %.2f ms" % whole["longest_gap_ms"])


def measure_idle(report):
    """Resident memory of a thousand idle connections that made one call."""
    report.append("## 1000 idle connections\n")
    with sebon() as server:
        json_lines([os.path.join(BENCH, "bench-throughput"), server.url,
                    "100", "1"])
        before = server.memory_kib()
        client = subprocess.Popen(
            [os.path.join(BENCH, "bench-throughput"), server.url, "1000",
             "1000", "hold"], stdout=subprocess.PIPE, stdin=subprocess.PIPE,
            text=True)
        client.stdout.readline()
        after = server.memory_kib()
        client.communicate("\n")
    report.append("The server's resident memory grows by %.1f KiB a "
                  "connection (%d to %d KiB).\n" % (
                      (after - before) / 1000, before, after))
    print(report[-1])


def machine():
    with open("/proc/cpuinfo") as f:
        model = re.search("model name\\s*: (.*)", f.read())
    return "%s, %d cores, Linux %s" % (
        model.group(1) if model else platform.machine(), os.cpu_count(),
        platform.release().split("-")[0])


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    report = ["# Benchmarks\n",
              "Written by `sh test/bench/run.sh` on %s (%s). Compare figures "
              "of one run only. What generating and compiling costs is in "
              "[generate.md](generate.md).\n" % (
                  time.strftime("%Y-%m-%d"), machine())]
    for measure in (measure_server, measure_instructions, measure_client,
                    measure_outstanding, measure_idle, measure_stall):
        measure(report)
    with open(os.path.join(HERE, "README.md"), "w") as f:
        f.write("\n".join(report))


main()
