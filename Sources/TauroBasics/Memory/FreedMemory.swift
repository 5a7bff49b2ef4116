/// Memory that was freed, and that the C library keeps for later.
package enum FreedMemory {
    /// Gives it back to the system.
    ///
    /// Takes some milliseconds: for when much was freed that is not needed again.
    package static func giveBack() { _ = GNUFunctions.mallocTrim?(0) }
}
