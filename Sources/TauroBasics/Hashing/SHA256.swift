/// The SHA-256 digest of bytes that come in pieces.
///
/// Source: FIPS 180-4, sections 4.1.2, 4.2.2, 5.1.1, 5.3.3 and 6.2.
/// It is our own because the well-kept libraries that have one bring Foundation, or a whole TLS stack, into a program
/// that starts in milliseconds, for one function that has not changed since 2001.
package struct SHA256 {
    /// Bytes of one block.
    private static let blockSize = 64

    private var state: State
    /// What is left of the pieces so far: fewer bytes than a block.
    private var rest: [UInt8] = []
    /// Bytes that were hashed or are in `rest`.
    private var length: UInt64 = 0

    /// Starts with nothing.
    package init() {
        state = State()
        rest.reserveCapacity(SHA256.blockSize)
    }

    /// The digest of `bytes`, in hexadecimal digits.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        var hash = SHA256()
        bytes.withUnsafeBytes { hash.update($0) }
        return hash.finish()
    }

    /// Adds bytes.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        length += UInt64(bytes.count)
        var piece = bytes[...]
        if !rest.isEmpty {
            let missing = piece.prefix(SHA256.blockSize - rest.count)
            rest.append(contentsOf: missing)
            piece = piece.dropFirst(missing.count)
            guard rest.count == SHA256.blockSize else { return }
            rest.withUnsafeBytes { state.take($0) }
            rest.removeAll(keepingCapacity: true)
        }
        let whole = piece.prefix(piece.count / SHA256.blockSize * SHA256.blockSize)
        state.take(UnsafeRawBufferPointer(rebasing: whole))
        rest.append(contentsOf: piece.dropFirst(whole.count))
    }

    /// Ends the text, with one bit, zeros and its length, and gives the digest in 64 hexadecimal digits.
    package consuming func finish() -> String {
        var end = rest + [0x80]
        let blocks = end.count + 8 > SHA256.blockSize ? 2 : 1
        end.append(contentsOf: repeatElement(0, count: blocks * SHA256.blockSize - 8 - end.count))
        withUnsafeBytes(of: (length &* 8).bigEndian) { end.append(contentsOf: $0) }
        end.withUnsafeBytes { state.take($0) }
        return state.words.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }
}

/// The eight words that each block changes.
private struct State {
    // The first 32 bits of the fractional parts of the square roots of the first eight primes.
    private var a: UInt32 = 0x6a09_e667
    private var b: UInt32 = 0xbb67_ae85
    private var c: UInt32 = 0x3c6e_f372
    private var d: UInt32 = 0xa54f_f53a
    private var e: UInt32 = 0x510e_527f
    private var f: UInt32 = 0x9b05_688c
    private var g: UInt32 = 0x1f83_d9ab
    private var h: UInt32 = 0x5be0_cd19

    var words: [UInt32] { [a, b, c, d, e, f, g, h] }

    /// Works in whole blocks.
    mutating func take(_ blocks: UnsafeRawBufferPointer) {
        SHA256Constants.rounds.withUnsafeBufferPointer { constants in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
                guard let schedule = schedule.baseAddress, let constants = constants.baseAddress else { return }
                for start in stride(from: 0, to: blocks.count, by: 64) {
                    State.expand(blocks, at: start, into: schedule)
                    compress(schedule, constants)
                }
            }
        }
    }

    /// The message schedule of one block: its 16 words and 48 that follow from them.
    private static func expand(
        _ blocks: UnsafeRawBufferPointer,
        at start: Int,
        into schedule: UnsafeMutablePointer<UInt32>
    ) {
        for index in 0..<16 {
            let word = blocks.loadUnaligned(fromByteOffset: start &+ index &* 4, as: UInt32.self)
            (schedule + index).initialize(to: UInt32(bigEndian: word))
        }
        for index in 16..<64 {
            let (early, late) = (schedule[index &- 15], schedule[index &- 2])
            let first = rotate(early, 7) ^ rotate(early, 18) ^ (early >> 3)
            let second = rotate(late, 17) ^ rotate(late, 19) ^ (late >> 10)
            (schedule + index).initialize(to: second &+ schedule[index &- 7] &+ first &+ schedule[index &- 16])
        }
    }

    /// The 64 rounds of one block.
    private mutating func compress(_ schedule: UnsafePointer<UInt32>, _ constants: UnsafePointer<UInt32>) {
        // Words in variables of this function stay in registers, and names that go round spare the moves.
        var (a, b, c, d, e, f, g, h) = (a, b, c, d, e, f, g, h)
        for index in stride(from: 0, to: 64, by: 8) {
            let (words, keys) = (schedule + index, constants + index)
            State.round(a, b, c, &d, e, f, g, &h, words[0] &+ keys[0])
            State.round(h, a, b, &c, d, e, f, &g, words[1] &+ keys[1])
            State.round(g, h, a, &b, c, d, e, &f, words[2] &+ keys[2])
            State.round(f, g, h, &a, b, c, d, &e, words[3] &+ keys[3])
            State.round(e, f, g, &h, a, b, c, &d, words[4] &+ keys[4])
            State.round(d, e, f, &g, h, a, b, &c, words[5] &+ keys[5])
            State.round(c, d, e, &f, g, h, a, &b, words[6] &+ keys[6])
            State.round(b, c, d, &e, f, g, h, &a, words[7] &+ keys[7])
        }
        self.a &+= a
        self.b &+= b
        self.c &+= c
        self.d &+= d
        self.e &+= e
        self.f &+= f
        self.g &+= g
        self.h &+= h
    }

    /// One round; afterwards `h` is the next round's `a`, and `d` its `e`.
    @inline(__always)
    private static func round(
        _ a: UInt32,
        _ b: UInt32,
        _ c: UInt32,
        _ d: inout UInt32,
        _ e: UInt32,
        _ f: UInt32,
        _ g: UInt32,
        _ h: inout UInt32,
        _ input: UInt32
    ) {
        let mixed = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
        let first = h &+ mixed &+ (g ^ (e & (f ^ g))) &+ input
        let spread = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
        d = d &+ first
        h = first &+ spread &+ ((a & b) | (c & (a | b)))
    }

    @inline(__always)
    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        (word &>> count) | (word &<< (32 &- count))
    }
}

private enum SHA256Constants {
    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    static let rounds: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}
