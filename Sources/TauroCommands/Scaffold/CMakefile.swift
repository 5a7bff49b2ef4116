/// The `Makefile` of a new plugin in C.
enum CMakefile {
    static func file(_ name: PluginName, includeDirectory: String) -> ScaffoldFile {
        ScaffoldFile("Makefile", text, for: name, with: ["include": value(includeDirectory)])
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

        # A plugin shows its nodes and nothing else. It gets into place in one rename: a host that has the old file mapped
        # keeps it. Nobody else may write to it: a host refuses what others could have changed.
        project/plugins/{{name}}.so: $(SOURCES) $(HEADERS) Makefile
        	install -d -m 755 build project/plugins
        	$(CC) $(STRICT) $(CFLAGS) -fvisibility=hidden -fPIC -shared -I "$(TAURO_INCLUDE)" $(SOURCES) -o build/{{name}}.so
        	install -m 755 build/{{name}}.so project/plugins/.{{name}}.so.new
        	mv -f project/plugins/.{{name}}.so.new $@

        test: build/tests
        	build/tests

        build/tests: tests/tests.c tests/fake_host.h $(SOURCES) $(HEADERS) Makefile
        	install -d -m 755 build
        	$(CC) $(STRICT) -g $(SANITIZE) -I "$(TAURO_INCLUDE)" tests/tests.c src/tally.c -o $@

        clean:
        	rm -rf build project/plugins/{{name}}.so

        .PHONY: all test clean
        """#
}
