import Testing

@testable import TauroPluginHost

@Suite struct LineCollectorTests {
    private func lines(_ pieces: [String]) -> [String] {
        var collector = LineCollector()
        var lines: [String] = []
        for piece in pieces { collector.append(Array(piece.utf8)) { lines.append($0) } }
        collector.finish { lines.append($0) }
        return lines
    }

    @Test func piecesAreJoinedToLines() {
        #expect(lines(["one\ntw", "o\r\n\n", "three"]) == ["one", "two", "three"])
    }

    @Test func lineWithoutEndIsCutInsteadOfKept() {
        let long = String(repeating: "x", count: 40_000)
        #expect(lines([long]).map(\.utf8.count) == [16_384, 16_384, 7_232])
    }

    @Test func onlyTheLastLinesAreKept() {
        var last = LastLines()
        for number in 0..<100 { last.append("line \(number)") }
        #expect(last.lines.count == 12 && last.lines.last == "line 99")
        for _ in 0..<3 { last.append(String(repeating: "x", count: 5_000)) }
        #expect(last.lines.count == 1)
        last.append("end")
        #expect(last.lines.last == "end")
    }
}
