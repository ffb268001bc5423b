#!/usr/bin/env python3
"""Writes made facts as lines for `palimpsest ingest`: first the entities, then facts between them.

    made-facts.py FACTS ENTITIES > facts.ndjson

Always the same for the same numbers: five predicates, twenty sources, each fact with a beginning, 150 bytes a line.
"""
import json, random, sys

PREDICATES = ["knows", "partOf", "near", "owns", "cites"]
SOURCES = 20


def fact(pick, entities):
    begin = f"{1990 + pick.randrange(35)}-{1 + pick.randrange(12):02}-{1 + pick.randrange(28):02}T00:00:00Z"
    return {"subject": f"e{pick.randrange(entities)}", "predicate": PREDICATES[pick.randrange(len(PREDICATES))],
            "object": {"entity": f"e{pick.randrange(entities)}"}, "valid": {"from": begin},
            "source": f"s{pick.randrange(SOURCES)}"}


def main():
    facts, entities = int(sys.argv[1]), int(sys.argv[2])
    pick = random.Random(7)
    for i in range(entities):
        print(json.dumps({"entity": {"id": f"e{i}", "type": "Thing", "name": f"Thing number {i}", "source": f"s{i % SOURCES}"}}))
    for _ in range(facts):
        print(json.dumps({"fact": fact(pick, entities)}))


if __name__ == "__main__":
    main()
