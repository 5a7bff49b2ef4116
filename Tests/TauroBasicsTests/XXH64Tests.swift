import TauroBasics
import Testing

/// The digest by which files and lines are known again.
///
/// Expected values are those of the reference implementation.
@Suite struct XXH64Tests {
    /// `i * 31 + 7`, cut to a byte.
    private static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 * 31 + 7) } }

    @Test(
        arguments: [
            (0, 0xef46_db37_51d8_e999),
            (1, 0xa96c_7f0c_e858_bbb7),
            (3, 0x56e6_9576_32a4_87f9),
            (4, 0xc60d_15b1_e3ff_8f04),
            (7, 0xafbe_fc3d_6c6f_9a8e),
            (8, 0x3da5_c7aa_2696_83e0),
            (12, 0x8fe8_ab1c_1fd0_666e),
            (31, 0x4a74_f3a1_a39a_d4a1),
            (32, 0x8d57_d6a4_671c_c43d),
            (33, 0x62c9_fd21_ed85_7664),
            (63, 0x5c32_0a0d_2707_057f),
            (64, 0x7bba_bbc4_5729_d17e),
            (100, 0xefa0_ad2d_3e70_c151),
            (1000, 0x9959_4f48_2804_3d35),
            (4099, 0x9853_1e44_aa4f_969d),
        ] as [(Int, UInt64)]
    )
    func hashesAsTheReferenceDoes(_ count: Int, _ expected: UInt64) {
        #expect(XXH64.hash(XXH64Tests.bytes(count)) == expected)
    }

    @Test(arguments: [1, 3, 31, 32, 33, 64, 100])
    func piecesOfAnyLengthAreOneHash(_ length: Int) {
        let whole = XXH64Tests.bytes(1000)
        var hash = XXH64()
        for start in stride(from: 0, to: whole.count, by: length) {
            Array(whole[start..<min(start + length, whole.count)]).withUnsafeBytes { hash.update($0) }
        }
        #expect(hash.finish() == XXH64.hash(whole))
    }
}
