#!/usr/bin/env python3
"""Compares the tools of the MCP memory server with ours, over standard input and output, call by call.

    memory-server.py NPM_SERVER_INDEX_JS [--calls 5000] [--seed 1] [--entities 10000] [--timed 200] [--warm-up 20] -- OURS...

NPM_SERVER_INDEX_JS is dist/index.js of the npm package; OURS is the command that starts ours, such as
./palimpsest mcp --profile memory --data FOLDER. First random calls, compared as they are and after canonical
ordering; then, on a graph of so many entities, search_nodes and open_nodes with both, turn by turn. Spaces are named by the seed: take a
new folder or seed.
"""
import argparse, json, os, random, statistics, subprocess, sys, tempfile, time


class Server:
    def __init__(self, command, env=None):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env={**os.environ, **(env or {})})
        self.last = 0
        self.ask("initialize", {"protocolVersion": "2025-06-18", "capabilities": {},
                                "clientInfo": {"name": "compare", "version": "1"}})
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def send(self, message):
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def ask(self, method, params):
        self.last += 1
        self.send({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params})
        while True:
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit("a server ended")
            answer = json.loads(line)
            if answer.get("id") == self.last:
                return answer

    def call(self, tool, arguments):
        return self.ask("tools/call", {"name": tool, "arguments": arguments})

    def cpu(self):
        """Milliseconds of CPU of the process so far."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.stdin.close()
        self.process.wait(60)


NAMES = ["Ann", "Bo", "ann", "Ünïcode Ω", "Σίσυφος ΣΑΣ", "a b", " lead", "x" * 250, "name:x", "", "tab\there", "😀 smile", "İstanbul",
         "quote\"s \\ and\nlines", "\x1f", "Acme", "acme:2", "name", "observation"]
TYPES = ["person", "Person", "very special type!", "", "событие", "type_x", "y" * 90, "Memory", "123", "a_x0020_b", "a b"]
RELATIONS = ["works at", "works_at", "works_x0020_at", "name", "type", "entityType", "observation", "observation2", "", "_", "9 lives",
             "rel_name", "rel2_x", "знает", "z" * 100, "knows", "is\nthe", "Ann Bo"]
TEXTS = ["likes tea", "Likes Tea", "", " ", "lives in Turin", "ΟΔΟΣ", "ünï", "\x7f\x01", "😀", "long " * 300, "Bo said \"no\"", "a", "b", "c"]
QUERIES = ["tea", "TEA", "", "person", "ann", "σας", "ς", "i̇", "ÜN", "turin", "zzz", "\n", "😀", "a"]


def some(r, pool, most):
    return [r.choice(pool) for _ in range(r.randint(0, most))]


def relation(r):
    return {"from": r.choice(NAMES), "to": r.choice(NAMES), "relationType": r.choice(RELATIONS)}


def entity(r):
    return {"name": r.choice(NAMES), "entityType": r.choice(TYPES), "observations": some(r, TEXTS, 4)}


def random_call(r):
    kind = r.random()
    if kind < .03:
        return r.choice([("create_entities", {}), ("create_entities", {"entities": [{"name": "x"}]}),
                         ("search_nodes", {"query": 1}), ("open_nodes", {"names": "Ann"}), ("delete_relations", {"relations": [1]}),
                         ("create_entities", {"entities": [{"name": "Extra", "entityType": "t", "observations": [], "more": 1}]})])
    if kind < .20:
        return "create_entities", {"entities": [entity(r) for _ in range(r.randint(0, 4))]}
    if kind < .38:
        return "create_relations", {"relations": [relation(r) for _ in range(r.randint(0, 5))]}
    if kind < .53:
        return "add_observations", {"observations": [{"entityName": r.choice(NAMES), "contents": some(r, TEXTS, 4)}
                                                     for _ in range(r.randint(0, 2))]}
    if kind < .59:
        return "delete_entities", {"entityNames": some(r, NAMES, 2)}
    if kind < .67:
        return "delete_observations", {"deletions": [{"entityName": r.choice(NAMES), "observations": some(r, TEXTS, 3)}
                                                     for _ in range(r.randint(0, 2))]}
    if kind < .75:
        return "delete_relations", {"relations": [relation(r) for _ in range(r.randint(0, 6))]}
    if kind < .80:
        return "read_graph", {}
    if kind < .90:
        return "search_nodes", {"query": r.choice(QUERIES)}
    return "open_nodes", {"names": some(r, NAMES, 3)}


def told(answer):
    if "error" in answer:
        return "error"
    result = answer["result"]
    if result.get("isError"):
        text = result["content"][0]["text"]
        return ["refused", text if text.startswith("Entity with name") else ""]
    return [result["structuredContent"], [part["text"] for part in result["content"]]]


def canonical(value):
    if isinstance(value, dict):
        return {key: canonical(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted((canonical(one) for one in value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


def parsed(answer):
    if answer == "error" or answer[0] == "refused":
        return answer
    texts = []
    for text in answer[1]:
        try:
            texts.append(json.loads(text))
        except ValueError:
            texts.append(text)
    return [answer[0], texts]


def compare(npm, ours, calls, seed):
    r = random.Random(seed)
    exact = same = refused = 0
    kinds = {}
    for number in range(calls):
        tool, arguments = random_call(r)
        a, b = told(npm.call(tool, arguments)), told(ours.call(tool, arguments))
        kinds[tool] = kinds.get(tool, 0) + 1
        refused += a == "error" or a[0] == "refused"
        exact += a == b
        if canonical(parsed(a)) == canonical(parsed(b)):
            same += 1
        else:
            print("call", number, tool, json.dumps(arguments)[:600], "\n  npm ", json.dumps(a)[:1500], "\n  ours", json.dumps(b)[:1500])
            if number + 1 - same > 5:
                break
    print(f"seed {seed}: {calls} calls {kinds}, {refused} refused by both kinds; equal after canonical ordering: {same}, as they are: {exact}")
    return same == calls


def timed(npm, ours, entities, rounds, warm_up, seed):
    r = random.Random(seed)
    words = ["".join(r.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(r.randint(3, 9))) for _ in range(4000)]
    names = []
    for start in range(0, entities, 500):
        batch = [{"name": f"{r.choice(words)} {start + i}", "entityType": r.choice(["person", "place", "project"]),
                  "observations": [" ".join(r.choice(words) for _ in range(8)) for _ in range(3)]} for i in range(500)]
        names += [one["name"] for one in batch]
        links = [{"from": r.choice(names), "to": r.choice(names), "relationType": r.choice(["knows", "works at", "part of"])}
                 for _ in range(750)]
        for server in (npm, ours):
            server.call("create_entities", {"entities": batch})
            server.call("create_relations", {"relations": links})
    took, used = {}, {}
    for number in range(rounds + warm_up):
        for tool, arguments in (("search_nodes", {"query": " ".join(r.sample(words, 1)) + " " + r.choice("abcdefgh")}),
                                ("open_nodes", {"names": r.sample(names, 3)})):
            answers = []
            for who, server in (("npm", npm), ("ours", ours)):
                begun, cpu = time.perf_counter(), server.cpu()
                answers.append(told(server.call(tool, arguments)))
                if number >= warm_up:
                    took.setdefault((tool, who), []).append((time.perf_counter() - begun) * 1000)
                    used[tool, who] = used.get((tool, who), 0) + server.cpu() - cpu
            if answers[0] != answers[1]:
                print("differ:", tool, arguments)
    for tool in ("search_nodes", "open_nodes"):
        a, b = (statistics.median(took[tool, who]) for who in ("npm", "ours"))
        a9, b9 = (sorted(took[tool, who])[int(.99 * rounds)] for who in ("npm", "ours"))
        print(f"{entities} entities, {rounds} calls of {tool} after {warm_up} of warm-up: npm p50 {a:.1f} ms p99 {a9:.1f}, ours p50 {b:.2f} ms p99 {b9:.1f}, ratio 1/{a / b:.1f};"
              f" CPU mean {used[tool, 'npm'] / rounds:.1f} and {used[tool, 'ours'] / rounds:.2f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("npm")
    parser.add_argument("--calls", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--entities", type=int, default=10000)
    parser.add_argument("--timed", type=int, default=200)
    parser.add_argument("--warm-up", type=int, default=20)
    split = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    given = parser.parse_args(sys.argv[1:split])
    command = sys.argv[split + 1:]
    with tempfile.TemporaryDirectory() as folder:
        equal = True
        if given.calls:
            npm = Server(["node", given.npm], {"MEMORY_FILE_PATH": f"{folder}/memory.jsonl"})
            ours = Server(command + ["--space", f"compare{given.seed}"])
            equal = compare(npm, ours, given.calls, given.seed)
            npm.close(), ours.close()
        if given.entities:
            npm = Server(["node", given.npm], {"MEMORY_FILE_PATH": f"{folder}/many.jsonl"})
            ours = Server(command + ["--space", f"many{given.seed}"])
            timed(npm, ours, given.entities, given.timed, given.warm_up, given.seed)
            npm.close(), ours.close()
    sys.exit(0 if equal else 1)


main()
