/// The layout of a frame image.
///
/// An image is, in this machine's byte order, with every section and every buffer on a multiple of 64 bytes and zeros
/// between them:
///
/// - the header: `mark` as 8 bytes, the version as 64 bits, then 64 bits each for the size of the whole image, of the
///   schema in bytes, of the directory in bytes, and for the number of batches; zeros up to 64 bytes;
/// - the schema, as `Schema.encoded()` writes it;
/// - the directory, numbers of 64 bits. A batch is its number of rows and its columns. An array is its length, its
///   offset, its number of nulls, its number of buffers and the size of each buffer (`missing` for one that is not
///   there), followed by its children in order and by its dictionary, as the type has them;
/// - the buffers, in the order of the directory.
///
/// Where a buffer lies follows from the sizes before it, so buffers can not overlap. The offset is 0, except for
/// run-end encoded arrays.
enum ImageFormat {
    /// "TAUROIMG".
    static let mark: UInt64 = 0x474D_494F_5255_4154
    static let version: Int64 = 1
    static let headerSize = 64
    /// The size of a buffer that is not there.
    static let missing: Int64 = -1
    /// No array is longer and no buffer larger; keeps sums and products of sound numbers far from overflow.
    static let largest = 1 << 47
    /// A batch may take less room in an image than in the heap of who opens it; this bounds what such images cost.
    static let mostBatches = 1 << 20

    /// The next multiple of 64; `position` is at most `largest`, or the size of memory that is there.
    static func aligned(_ position: Int) -> Int { (position + 63) & ~63 }
}
