/// Where shared libraries are found that are loaded on first use and never linked: clients of databases and brokers, readers
/// of formats.
///
/// Safe from any thread.
package struct NativeParts: Sendable {
    /// The directories that vendor parts may be in, nearest first; absolute.
    package let directories: [String]
    private let ignoresEnvironment: Bool
    private let distrust: @Sendable (String) -> String?

    /// Creates the places.
    ///
    /// - Parameters:
    ///   - directories: where to look, nearest first.
    ///   - ignoringEnvironment: whether environment variables that name libraries count for nothing, as they do anyhow in a
    ///     program with more rights than whoever started it.
    ///   - distrust: why the file at an absolute path without links must not be loaded, as the end of a sentence about it;
    ///     nil if it may.
    package init(
        directories: [String] = [],
        ignoringEnvironment: Bool = false,
        distrust: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.directories = directories
        self.distrust = distrust
        ignoresEnvironment = ignoringEnvironment || ProcessEnvironment.isElevated
    }

    /// Loads the first library that can be: the one that the environment variable names, and then no other; else each of
    /// `names` in each directory; else each by the loader's own search, where its name is plain.
    ///
    /// - Parameters:
    ///   - names: paths below the directories, or plain names, in the order of preference; an absolute path stands for
    ///     itself.
    ///   - variable: the environment variable that may name another file.
    ///   - isLazy: whether functions are resolved at their first call.
    /// - Returns: the library.
    /// - Throws: `MissingPart` that lists every place and why it failed.
    @inline(never)
    package func open(
        _ names: [String],
        variable: String? = nil,
        isLazy: Bool = false
    ) throws(MissingPart)
        -> DynamicLibrary
    {
        var tried: [String] = []
        for candidate in candidates(names, variable) {
            if let problem = problem(candidate) {
                tried.append(problem)
                continue
            }
            do throws(DynamicLibraryError) {
                return isLazy
                    ? try DynamicLibrary(openingLazily: candidate) : try DynamicLibrary(opening: candidate)
            } catch {
                // The loader's text names the file.
                tried.append(error.text)
            }
        }
        throw MissingPart(tried: tried)
    }

    private func candidates(_ names: [String], _ variable: String?) -> [String] {
        if !ignoresEnvironment, let variable, let named = ProcessEnvironment.variables()[variable], !named.isEmpty {
            return [named]
        }
        let relative = names.filter { !FilePath.isAbsolute($0) }
        return names.filter(FilePath.isAbsolute)
            + directories.flatMap { directory in relative.map { FilePath.join(directory, $0) } }
            + relative.filter { !$0.utf8.contains(UInt8(ascii: "/")) }
    }

    /// Why a library is not opened; nil if it may be tried.
    ///
    /// A plain name is for the loader to find, in the system's directories.
    private func problem(_ candidate: String) -> String? {
        guard candidate.utf8.contains(UInt8(ascii: "/")) else { return nil }
        guard let real = try? FileSystem.realPath(candidate) else { return "\(candidate): it does not exist" }
        return distrust(real).map { "\(real) \($0)" }
    }
}

/// A shared library that is nowhere it was looked for.
package struct MissingPart: Error, Hashable {
    /// Every place and why it failed, one sentence without a full stop each.
    package let tried: [String]
}
