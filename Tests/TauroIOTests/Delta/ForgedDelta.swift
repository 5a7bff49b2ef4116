/// Delta tables that no library at hand writes: a program in Python puts down their files and, line by line, their log.
///
/// Source of the layouts: the Delta Transaction Log Protocol, sections "Column Mapping", "Deletion Vectors", "Checkpoints"
/// and "In-Commit Timestamps".
enum ForgedDelta {
    /// Makes a table in `path` by a program that uses the functions below.
    static func make(_ program: String, _ path: String) throws { try ForeignPython.run(beginning + program, path) }

    private static let beginning = #"""
        import json, os, struct, sys, uuid, zlib
        import pyarrow as pa
        import pyarrow.parquet as pq
        path = sys.argv[1]
        log = path + "/_delta_log"
        os.makedirs(log + "/_sidecars")
        def field(name, type, **metadata):
            return {"name": name, "type": type, "nullable": True, "metadata": {"delta." + key: value for key, value in metadata.items()}}
        def mapped(name, type, number, physical):
            return {"name": name, "type": type, "nullable": True,
                "metadata": {"delta.columnMapping.id": number, "delta.columnMapping.physicalName": physical}}
        def structure(*fields):
            return {"type": "struct", "fields": fields}
        def protocol(reader, writer, *features):
            named = {"readerFeatures": features, "writerFeatures": features} if reader >= 3 else {}
            return {"protocol": {"minReaderVersion": reader, "minWriterVersion": writer, **named}}
        def metadata(*fields, partition=[], **configuration):
            return {"metaData": {"id": str(uuid.uuid4()), "format": {"provider": "parquet", "options": {}},
                "schemaString": json.dumps(structure(*fields)), "partitionColumns": partition,
                "configuration": {"delta." + key.replace("_", "."): value for key, value in configuration.items()}, "createdTime": 0}}
        def add(name, table, values={}, **more):
            pq.write_table(table, f"{path}/{name}")
            return {"add": {"path": name, "partitionValues": values, "size": os.path.getsize(f"{path}/{name}"), "modificationTime": 0,
                "dataChange": True, "stats": json.dumps({"numRecords": table.num_rows}), **more}}
        def numbers(*values):
            return pa.table({"n": pa.array(values, pa.int64())})
        def lines(name, actions):
            with open(f"{log}/{name}", "w") as file: file.writelines(json.dumps(action) + "\n" for action in actions)
        def commit(version, *actions):
            lines(f"{version:020}.json", actions)

        MAP, TEXTS = pa.map_(pa.string(), pa.string()), pa.list_(pa.string())
        KINDS = {
            "protocol": pa.struct([("minReaderVersion", pa.int32()), ("minWriterVersion", pa.int32()), ("readerFeatures", TEXTS),
                ("writerFeatures", TEXTS)]),
            "metaData": pa.struct([("id", pa.string()), ("format", pa.struct([("provider", pa.string()), ("options", MAP)])),
                ("schemaString", pa.string()), ("partitionColumns", TEXTS), ("configuration", MAP), ("createdTime", pa.int64())]),
            "add": pa.struct([("path", pa.string()), ("partitionValues", MAP), ("size", pa.int64()), ("modificationTime", pa.int64()),
                ("dataChange", pa.bool_()), ("stats", pa.string())]),
            "checkpointMetadata": pa.struct([("version", pa.int64())]),
        }
        def checkpoint(name, *actions):
            def pairs(value):
                if isinstance(value, dict): return {key: list(inner.items()) if key in ("partitionValues", "configuration", "options")
                    else pairs(inner) for key, inner in value.items()}
                return value
            rows = [{kind: pairs(action.get(kind)) for kind in KINDS} for action in actions]
            pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema(list(KINDS.items()))), f"{log}/{name}")

        def z85(data):
            signs = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
            text = ""
            for place in range(0, len(data), 4):
                number, = struct.unpack(">I", data[place:place + 4])
                text += "".join(signs[number // 85 ** power % 85] for power in range(4, -1, -1))
            return text
        def bitmap(*rows):
            """A RoaringBitmapArray with one bitmap of one plain container."""
            container = struct.pack("<II", 12346, 1) + struct.pack("<HHI", 0, len(rows) - 1, 16) + struct.pack(f"<{len(rows)}H", *rows)
            return struct.pack("<IQI", 1681511377, 1, 0) + container
        def inline_vector(*rows):
            data = bitmap(*rows)
            return {"storageType": "i", "pathOrInlineDv": z85(data + bytes(-len(data) % 4)), "sizeInBytes": len(data), "cardinality": len(rows)}
        def file_vector(*rows):
            data, name = bitmap(*rows), uuid.uuid4()
            with open(f"{path}/deletion_vector_{name}.bin", "wb") as file:
                file.write(b"\1" + struct.pack(">I", len(data)) + data + struct.pack(">I", zlib.crc32(data)))
            return {"storageType": "u", "pathOrInlineDv": z85(name.bytes), "offset": 1, "sizeInBytes": len(data), "cardinality": len(rows)}

        """#
}
