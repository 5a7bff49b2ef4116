import Synchronization
import TauroBasics

/// A directory for what this process needs only while it runs: made when somebody asks for it, and removed with this object.
///
/// Safe from any thread. It is locked for as long as it is there, so that other runs, in whichever container or on whichever
/// host, know it from one whose run died.
final class TemporaryDirectory: Sendable {
    private struct Place {
        let path: String
        /// Nil where the directory could not be made or locked.
        let made: TemporaryDirectories.Made?
    }

    private let directories: TemporaryDirectories
    private let place = Mutex<Place?>(nil)

    init(_ directories: TemporaryDirectories) { self.directories = directories }

    deinit { remove() }

    /// The directory's absolute path, which no other process and no other object gets.
    ///
    /// Where it can not be made, whoever uses it will say so: most runs need none.
    var path: String {
        place.withLock { place in
            if let place { return place.path }
            let made = try? directories.make()
            let known = Place(path: made?.path ?? directories.unmade(), made: made)
            place = known
            return known.path
        }
    }

    /// Removes it with all that is in it, and those above it that were made for it if nobody else is in them.
    ///
    /// What can not be removed is only litter, which the next run removes.
    func remove() {
        guard let last = place.withLock({ $0.take() }) else { return }
        try? FileSystem.removeTree(last.path)
        for directory in last.made?.above ?? [] { try? FileSystem.removeEmptyDirectory(directory) }
    }
}
