/// Why a file can not be a plugin, seen from its ELF structures alone.
enum ElfError: Error, Equatable {
    case file(PlainFileError)
    case notELF
    case otherClass
    case otherByteOrder
    /// Built for another machine, an `EM_` value.
    case otherMachine(UInt16)
    /// An `ET_` value other than that of a shared object.
    case notSharedObject(UInt16)
    case executable
    /// `what` has more bytes than any sound file has.
    case oversized(what: String, size: UInt64, limit: UInt64)
    case malformed(String)

    /// What is wrong, as the end of a sentence about the file.
    var reason: String {
        switch self {
        case .file(let error): error.reason
        case .notELF: "is not an ELF file"
        case .otherClass: "is a 32-bit file, this host is 64-bit"
        case .otherByteOrder: "has the other byte order than this host"
        case .otherMachine(let machine):
            "is built for \(ElfMachine.name(machine)), this host is \(ElfMachine.name(ElfMachine.host))"
        case .notSharedObject(let type): "is not a shared object but \(ElfError.kind(type))"
        case .executable: "is not a shared object but an executable"
        case .oversized(let what, let size, let limit):
            "is malformed: \(what) has \(size) bytes, at most \(limit) are read"
        case .malformed(let what): "is malformed: \(what)"
        }
    }

    /// What to do.
    var cure: String {
        switch self {
        case .file(let error): error.cure
        case .notELF: "build it as a shared library, or keep it elsewhere than among plugins"
        case .otherClass, .otherByteOrder, .otherMachine:
            "build it for \(ElfMachine.name(ElfMachine.host)), the machine of this host"
        case .notSharedObject, .executable: "link it with -shared"
        case .oversized, .malformed: PlainFileError.damageCure
        }
    }

    private static func kind(_ type: UInt16) -> String {
        switch type {
        case 1: "an object file"
        case 2: "an executable"
        case 4: "a core dump"
        default: "ELF type \(type)"
        }
    }
}

/// Names of machines, as `uname -m` gives them.
enum ElfMachine {
    /// The machine this host runs on, an `EM_` value.
    static var host: UInt16 {
        #if arch(x86_64)
        62
        #elseif arch(arm64)
        183
        #elseif arch(riscv64)
        243
        #elseif arch(s390x)
        22
        #elseif arch(powerpc64le)
        21
        #else
        0
        #endif
    }

    static func name(_ machine: UInt16) -> String {
        switch machine {
        case 3: "i386"
        case 8: "mips"
        case 20: "ppc"
        case 21: "ppc64"
        case 22: "s390x"
        case 40: "arm"
        case 62: "x86_64"
        case 183: "aarch64"
        case 243: "riscv"
        case 258: "loongarch"
        default: "machine \(machine)"
        }
    }
}
