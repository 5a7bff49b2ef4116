/// The hash XXH64 with seed 0: fast, for telling an altered file or line from the one that was written, and no protection
/// against somebody who alters it on purpose.
///
/// Source: xxHash specification 0.1.1, section "XXH64 Algorithm Description". Feed it pieces of any length. Belongs to one
/// thread.
package struct XXH64 {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
    private static let stripe = 32

    private var lanes: (UInt64, UInt64, UInt64, UInt64) = (prime1 &+ prime2, prime2, 0, 0 &- prime1)
    /// What is left of the pieces so far: fewer bytes than a stripe has.
    private var rest: [UInt8] = []
    private var count: UInt64 = 0

    package init() {}

    /// The hash of some bytes; nothing is allocated for it.
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = XXH64()
        let whole = bytes.count / stripe * stripe
        hash.mixStripes(UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
        hash.count = UInt64(bytes.count)
        return hash.finish(UnsafeRawBufferPointer(rebasing: bytes[whole...]))
    }

    /// The hash of some bytes.
    package static func hash(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { hash($0) } }

    /// Adds a piece.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        count &+= UInt64(bytes.count)
        var bytes = bytes[...]
        if !rest.isEmpty {
            let missing = bytes.prefix(XXH64.stripe - rest.count)
            rest += missing
            bytes = bytes.dropFirst(missing.count)
            guard rest.count == XXH64.stripe else { return }
            rest.withUnsafeBytes { mixStripes($0) }
            rest.removeAll(keepingCapacity: true)
        }
        let whole = bytes.count / XXH64.stripe * XXH64.stripe
        mixStripes(UnsafeRawBufferPointer(rebasing: bytes.prefix(whole)))
        rest += bytes.dropFirst(whole)
    }

    /// The hash of all pieces so far.
    package func finish() -> UInt64 { rest.withUnsafeBytes { finish($0) } }

    private func finish(_ rest: UnsafeRawBufferPointer) -> UInt64 {
        var hash = count < UInt64(XXH64.stripe) ? XXH64.prime5 : mergedLanes()
        hash &+= count
        XXH64.mixRest(rest, into: &hash)
        hash = (hash ^ (hash >> 33)) &* XXH64.prime2
        hash = (hash ^ (hash >> 29)) &* XXH64.prime3
        return hash ^ (hash >> 32)
    }

    private mutating func mixStripes(_ bytes: UnsafeRawBufferPointer) {
        var (first, second, third, fourth) = lanes
        var offset = 0
        while offset < bytes.count {
            first = XXH64.round(first, XXH64.word(bytes, offset))
            second = XXH64.round(second, XXH64.word(bytes, offset + 8))
            third = XXH64.round(third, XXH64.word(bytes, offset + 16))
            fourth = XXH64.round(fourth, XXH64.word(bytes, offset + 24))
            offset += XXH64.stripe
        }
        lanes = (first, second, third, fourth)
    }

    private func mergedLanes() -> UInt64 {
        let (first, second, third, fourth) = lanes
        var hash = XXH64.rotated(first, 1) &+ XXH64.rotated(second, 7)
        hash &+= XXH64.rotated(third, 12) &+ XXH64.rotated(fourth, 18)
        for lane in [first, second, third, fourth] {
            hash = (hash ^ XXH64.round(0, lane)) &* XXH64.prime1 &+ XXH64.prime4
        }
        return hash
    }

    private static func mixRest(_ bytes: UnsafeRawBufferPointer, into hash: inout UInt64) {
        var offset = 0
        while offset + 8 <= bytes.count {
            hash = rotated(hash ^ round(0, word(bytes, offset)), 27) &* prime1 &+ prime4
            offset += 8
        }
        if offset + 4 <= bytes.count {
            let half = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            hash = rotated(hash ^ half &* prime1, 23) &* prime2 &+ prime3
            offset += 4
        }
        for byte in bytes[offset...] { hash = rotated(hash ^ UInt64(byte) &* prime5, 11) &* prime1 }
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotated(lane &+ word &* prime2, 31) &* prime1
    }

    private static func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }
}
