/// The `Makefile` of a new plugin in C, and that of a new project with one.
enum CMakefile {
    static func file(_ name: PluginName, includeDirectory: String) -> ScaffoldFile {
        ScaffoldFile("Makefile", text, for: name, with: ["include": value(includeDirectory)])
    }

    /// That of a project, which keeps its plugin's one source beside it.
    static func file(ofProject name: PluginName, includeDirectory: String) -> ScaffoldFile {
        ScaffoldFile("Makefile", projectText, for: name, with: ["include": value(includeDirectory)])
    }

    /// A path as the value of a make variable: the characters that make reads as something else are told apart.
    private static func value(_ path: String) -> String {
        path.map { character in
            switch character {
            case "$": "$$"
            case "#": "\\#"
            default: String(character)
            }
        }.joined()
    }

    private static let text = #"""
        # make: the plugin, in project/plugins/        make test: the tests        make clean
        #
        # Where tauro/tauro.h is. Elsewhere: make TAURO_INCLUDE=/path/to/include
        TAURO_INCLUDE = {{include}}

        CFLAGS = -O2 -g
        STRICT = -std=c11 -Wall -Wextra -pedantic
        SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all

        SOURCES = src/plugin.c src/tally.c
        HEADERS = src/tally.h

        all: project/plugins/{{name}}.so

        \#(rule(in: "project/plugins", headers: " $(HEADERS)"))

        test: build/tests
        	build/tests

        build/tests: tests/tests.c tests/fake_host.h $(SOURCES) $(HEADERS) Makefile
        	install -d -m 755 build
        	$(CC) $(STRICT) -g $(SANITIZE) -I "$(TAURO_INCLUDE)" tests/tests.c src/tally.c -o $@

        clean:
        	rm -rf build project/plugins/{{name}}.so

        .PHONY: all test clean
        """#

    private static let projectText = #"""
        # make: the plugin, in plugins/        make clean
        #
        # Where tauro/tauro.h is. Elsewhere: make TAURO_INCLUDE=/path/to/include
        TAURO_INCLUDE = {{include}}

        CFLAGS = -O2 -g
        STRICT = -std=c11 -Wall -Wextra -pedantic

        SOURCES = src/nodes.c

        all: plugins/{{name}}.so

        \#(rule(in: "plugins", headers: ""))

        clean:
        	rm -rf build plugins/{{name}}.so

        .PHONY: all clean
        """#

    private static func rule(in plugins: String, headers: String) -> String {
        #"""
        # A plugin shows its nodes and nothing else. It gets into place in one rename: a host that has the old file mapped
        # keeps it. Nobody else may write to it: a host refuses what others could have changed.
        \#(plugins)/{{name}}.so: $(SOURCES)\#(headers) Makefile
        	install -d -m 755 build \#(plugins)
        	$(CC) $(STRICT) $(CFLAGS) -fvisibility=hidden -fPIC -shared -I "$(TAURO_INCLUDE)" $(SOURCES) -o build/{{name}}.so
        	install -m 755 build/{{name}}.so \#(plugins)/.{{name}}.so.new
        	mv -f \#(plugins)/.{{name}}.so.new $@
        """#
    }
}
