import TauroConfig
import TauroModel
import Testing

@Suite("Plain scalars follow the core schema of YAML 1.2")
struct ScalarTests {
    /// What `text` becomes as a value.
    private func content(_ text: String) throws -> ConfigValue.Content? {
        let project = try TemporaryProject.usable(["config/global_settings.yaml": "value: \(text)\n"])
        return project.load().context?.globalSettings.all["value"]?.content
    }

    @Test(
        "values",
        arguments: [
            ("", .null), ("~", .null), ("null", .null), ("NULL", .null), ("nULL", .string("nULL")),
            ("true", .bool(true)), ("False", .bool(false)), ("yes", .string("yes")), ("off", .string("off")),
            ("0", .integer(0)), ("-12", .integer(-12)), ("+7", .integer(7)), ("007", .integer(7)),
            ("0x1F", .integer(31)), ("0o17", .integer(15)), ("0o18", .string("0o18")), ("0x", .string("0x")),
            ("9223372036854775807", .integer(.max)), ("1_000", .string("1_000")),
            ("1.5", .double(1.5)), (".5", .double(0.5)), ("5.", .double(5)), ("1e3", .double(1000)),
            ("-1.5E-3", .double(-0.0015)), (".inf", .double(.infinity)), ("-.INF", .double(-.infinity)),
            ("1.2.3", .string("1.2.3")), ("2026-01-31", .string("2026-01-31")),
            ("1e", .string("1e")), ("+", .string("+")), (".", .string(".")), ("0x-1", .string("0x-1")),
            ("'5'", .string("5")), ("\"true\"", .string("true")), ("!!str 5", .string("5")),
            ("äöü", .string("äöü")),
        ] as [(String, ConfigValue.Content)]
    )
    func values(_ text: String, _ expected: ConfigValue.Content) throws {
        #expect(try content(text) == expected)
    }

    @Test("not a number")
    func notNumber() throws {
        guard case .double(let number)? = try content(".nan") else {
            Issue.record("`.nan` is no double")
            return
        }
        #expect(number.isNaN)
    }

    @Test("columns count characters, not bytes")
    func columns() throws {
        let project = try TemporaryProject.usable(["config/global_settings.yaml": "{ä: ü, max_workers: four}"])
        #expect(
            project.findings()
                == "config/global_settings.yaml:1:21: error: `max_workers` of global settings: expected a whole number from 1 up, found the text \"four\"."
        )
    }
}
