#!/usr/bin/env python3
"""Writes facts at a steady rate, however slow the server is, and asks questions beside it.

    steady.py URL [--rate 2040] [--post 500] [--warm-up 120] [--seconds 600] [--entities 20000] [--askers 2] [--space steady]

Each post waits to be searchable; its time counts from when it was due, so a server that falls behind is seen to. At most 64 posts
are out at once. Prints, of what was due after the warm-up: how many facts were written and searchable; the percentiles of all posts, in
which one that was refused (in part, too), failed or was not searchable within the server's longest wait counts as endless; those of
the questions, likewise from when they were due. The space must be new. Ends with 1 if a post or question was refused or failed.
"""
import argparse, http.client, json, math, random, sys, threading, time, urllib.parse

WRITERS = 64
PREDICATES = ["knows", "partOf", "near", "owns", "cites"]
LONGEST_IDLE = 20


class Door:
    """A connection kept open while it is used."""

    def __init__(self, url):
        where = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
        self.used = time.monotonic()

    def send(self, method, path, body, kind="application/json"):
        """The status and body; status 0 and the reason if there was no answer."""
        try:
            if time.monotonic() - self.used > LONGEST_IDLE:
                self.connection.close()
            self.connection.request(method, path, body, {"Content-Type": kind})
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as failure:
            self.connection.close()
            return 0, repr(failure).encode()
        finally:
            self.used = time.monotonic()


def fact(pick, entities):
    begin = f"{1990 + pick.randrange(35)}-{1 + pick.randrange(12):02}-{1 + pick.randrange(28):02}T00:00:00Z"
    return json.dumps({"fact": {"subject": f"e{pick.randrange(entities)}", "predicate": pick.choice(PREDICATES),
                                "object": {"entity": f"e{pick.randrange(entities)}"}, "valid": {"from": begin},
                                "source": f"s{pick.randrange(20)}"}})


class Trial:
    def __init__(self, asked):
        self.asked = asked
        self.lock = threading.Lock()
        self.next = 0
        self.begin = time.monotonic() + 1
        self.posts = int((asked.warm_up + asked.seconds) * asked.rate / asked.post)
        self.took, self.asking, self.other = [], [], {}
        self.written, self.last = 0, self.begin + asked.warm_up

    def due(self):
        """The next post and when it is due, or nothing."""
        with self.lock:
            if self.next == self.posts:
                return None
            self.next += 1
            return self.next - 1, self.begin + (self.next - 1) * self.asked.post / self.asked.rate

    def note(self, times, due, status, body):
        """Keeps how long it took; what was not as it should be is endless."""
        now = time.monotonic()
        with self.lock:
            if due - self.begin < self.asked.warm_up:
                return False
            times.append(now - due if status == 200 else math.inf)
            if status != 200:
                if status != 202 and status not in self.other:
                    print(f"answered {status}: {body[:300]}", file=sys.stderr)
                self.other[status] = self.other.get(status, 0) + 1
            return status == 200

    def write(self):
        door = Door(self.asked.url)
        path = f"/v1/spaces/{self.asked.space}/facts?wait=searchable"
        while (post := self.due()) is not None:
            number, due = post
            pick = random.Random(number)
            body = "\n".join(fact(pick, self.asked.entities) for _ in range(self.asked.post))
            time.sleep(max(0, due - time.monotonic()))
            status, answer = door.send("POST", path, body, "application/x-ndjson")
            if status == 200 and b'"refused"' in answer:
                status = "200, some refused"
            if self.note(self.took, due, status, answer):
                with self.lock:
                    self.written += answer.count(b'"written"')
                    self.last = max(self.last, time.monotonic())

    def ask(self, seed):
        door, pick = Door(self.asked.url), random.Random(seed)
        path = f"/v1/spaces/{self.asked.space}/retrieve"
        for number in range(self.asked.warm_up + self.asked.seconds):
            due = self.begin + number
            time.sleep(max(0, due - time.monotonic()))
            question = {"what": {"text": f"what does e{pick.randrange(self.asked.entities)} own"},
                        "when": {"at": "2015-01-01T00:00:00Z"}}
            self.note(self.asking, due, *door.send("POST", path, json.dumps(question)))


def told(times):
    ordered = sorted(times)
    at = lambda share: ordered[math.ceil(share * len(ordered)) - 1]
    return f"p50 {at(.5):.2f}, p90 {at(.9):.2f}, p99 {at(.99):.2f}, longest {ordered[-1]:.2f} s" if ordered else "none"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    for name, usual in (("rate", 2040), ("post", 500), ("warm-up", 120), ("seconds", 600), ("entities", 20000), ("askers", 2)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--space", default="steady")
    asked = parser.parse_args()
    status, body = Door(asked.url).send("PUT", f"/v1/spaces/{asked.space}", "{}")
    if status != 201:
        raise SystemExit(f"no new space: {status} {body[:300]}")
    trial = Trial(asked)
    threads = [threading.Thread(target=trial.write) for _ in range(WRITERS)]
    threads += [threading.Thread(target=trial.ask, args=(seed,)) for seed in range(asked.askers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = trial.last - trial.begin - asked.warm_up
    rate = trial.written / took if took > 0 else 0
    print(f"{trial.written:,} facts written and searchable in {took:.1f} s, {rate:,.0f}/s; other answers, by status: {trial.other or 'none'}")
    print(f"{len(trial.took)} posts, due to searchable: {told(trial.took)}")
    print(f"{len(trial.asking)} questions, due to answered: {told(trial.asking)}")
    counted = sum(1 for number in range(trial.posts) if number * asked.post / asked.rate >= asked.warm_up)
    if len(trial.took) != counted or len(trial.asking) != asked.askers * asked.seconds or set(trial.other) - {202}:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
