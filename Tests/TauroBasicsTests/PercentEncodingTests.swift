import Testing

@testable import TauroBasics

struct PercentEncodingTests {
    @Test func onlyPlainBytesStayAsTheyAre() {
        #expect(PercentEncoding.encode("aZ9-./~ %\u{1}é", plain: "-./") == "aZ9-./%7E%20%25%01%C3%A9")
        #expect(PercentEncoding.encode("", plain: "") == "")
    }

    @Test func whatWasEncodedIsDecoded() {
        let text = "größe=100 %/null\n"
        #expect(PercentEncoding.decode(PercentEncoding.encode(text, plain: "")) == text)
        #expect(PercentEncoding.decode("%c3%A9") == "é")
    }

    @Test(arguments: ["%", "50%", "%4", "%g0", "%+1", "% 1"])
    func aSignWithoutTwoDigitsStandsForItself(text: String) { #expect(PercentEncoding.decode(text) == text) }

    @Test func bytesThatAreNoTextAreReplaced() { #expect(PercentEncoding.decode("a%FFb") == "a\u{FFFD}b") }
}
