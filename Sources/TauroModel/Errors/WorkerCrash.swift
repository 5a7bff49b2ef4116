/// The worker process of a plugin died in a call: what lies below the failure that says so.
package struct WorkerCrash: Error {
    package init() {}
}
