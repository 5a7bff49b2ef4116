import TauroModel

/// The call of a worker: one of its threads makes it, the other may hear that it should stop, before that or after.
struct CurrentCall {
    private var number: UInt64?
    private var cancellation = CancellationToken()
    /// The call that was told to stop last.
    private var stopped: UInt64?

    /// Begins a call, and gives what tells its function to stop: at once, where that was heard already.
    mutating func begin(_ number: UInt64) -> CancellationToken {
        self.number = number
        cancellation = CancellationToken()
        if stopped == number { cancellation.cancel() }
        return cancellation
    }

    /// What is to be cancelled for a call that should stop; nil where that call has not begun, or is over.
    mutating func stop(_ number: UInt64) -> CancellationToken? {
        stopped = number
        return self.number == number ? cancellation : nil
    }
}
