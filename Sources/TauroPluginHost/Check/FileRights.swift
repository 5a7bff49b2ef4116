import Glibc
import TauroBasics

/// Who else could put other code where this process would load it from.
enum FileRights {
    /// Why nothing may be loaded from a directory, as a clause; nil if it may.
    ///
    /// Of a directory that does not exist, the nearest one above that does: who can write there can make it.
    static func distrust(ofDirectory path: String) -> String? {
        var directory = path
        var status = stat()
        while stat(directory, &status) != 0 {
            if directory == "/" { return nil }
            directory = FilePath.parent(directory)
        }
        let place = directory == path ? path : "\(directory), above \(path), which does not exist,"
        if status.st_uid != 0 && status.st_uid != geteuid() { return "\(place) belongs to another user" }
        if status.st_mode & S_IWOTH != 0 { return "\(place) can be written by everybody" }
        if status.st_mode & S_IWGRP != 0 { return "\(place) can be written by its group" }
        return nil
    }
}
