import Glibc
import TauroBasics
import Testing

@Suite("Libraries and the environment")
struct LibraryTests {
    private typealias Cosine = @convention(c) (Double) -> Double

    @Test("a function of a library is called")
    func call() throws {
        let library = try DynamicLibrary(opening: "libm.so.6")
        let cosine = try library.function("cos", as: Cosine.self)
        #expect(cosine(0) == 1)
    }

    @Test("what is missing, in the loader's words")
    func missing() throws {
        let absent = #expect(throws: DynamicLibraryError.self) { try DynamicLibrary(opening: "/nowhere/x.so") }
        #expect(
            absent?.description.hasPrefix("could not load /nowhere/x.so: /nowhere/x.so: cannot open shared object file")
                == true
        )
        let library = try DynamicLibrary(openingLazily: "libm.so.6")
        let symbol = #expect(throws: DynamicLibraryError.self) { try library.symbol("tauro_none") }
        #expect(symbol?.symbol == "tauro_none")
        #expect(symbol?.description.contains("undefined symbol: tauro_none") == true)
    }

    @Test("variables are seen, also with an equals sign in them")
    func environment() {
        setenv("TAURO_BASICS_TEST", "a=b", 1)
        #expect(ProcessEnvironment.variables()["TAURO_BASICS_TEST"] == "a=b")
        #expect(ProcessEnvironment.variables()["TAURO_BASICS_NONE"] == nil)
    }
}
