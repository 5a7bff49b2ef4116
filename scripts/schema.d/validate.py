"""Holds documents to schemas with a JSON Schema validator that is not ours: validate.py DIRECTORY.

The directory has the schemas that `tauro-host schema --all DIRECTORY` writes; those that are used must be schemas by the
rules of JSON Schema. Stdin is a JSON array of {"kind": …, "file": …} or {"kind": …, "document": …}. Stdout is a JSON array with null for what is
accepted, and for what is refused the place and the reason.
"""
import json
import re
import sys
from pathlib import Path

import yaml
from jsonschema import Draft202012Validator


class CoreSchemaLoader(yaml.SafeLoader):
    """Reads YAML by the core schema of YAML 1.2, where `on`, `1:30` and `2025-01-31` are texts."""


CoreSchemaLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"^(~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", list("-+.0123456789")),
    ("merge", r"^<<$", ["<"]),
]:
    CoreSchemaLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def read(path):
    text = Path(path).read_text()
    return json.loads(text) if path.endswith(".json") else yaml.load(text, CoreSchemaLoader)


def problem(validator, document):
    """The first reason to refuse the document, or None."""
    error = next(validator.iter_errors(document), None)
    return error and f"{error.json_path}: {error.message[:200]}"


def main():
    cases = json.load(sys.stdin)
    validators = {}
    for kind in sorted({case["kind"] for case in cases}):
        schema = json.loads(Path(sys.argv[1], f"{kind}.schema.json").read_text())
        Draft202012Validator.check_schema(schema)
        validators[kind] = Draft202012Validator(schema)
    verdicts = [
        problem(validators[case["kind"]], read(case["file"]) if "file" in case else case["document"]) for case in cases
    ]
    json.dump(verdicts, sys.stdout)


main()
