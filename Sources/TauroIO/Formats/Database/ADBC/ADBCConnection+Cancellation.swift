import Glibc
import TauroBasics
import TauroModel

extension ADBCConnection {
    /// Runs `body`, which uses the connection, and asks the database to give up, once the token is cancelled, until it ends.
    ///
    /// Once is not enough: what is asked between two statements reaches neither.
    func withCancellation<Result>(_ token: CancellationToken, _ body: () throws -> Result) throws -> Result {
        let isOver = Monitor(false)
        defer { isOver.withLock { $0 = true } }
        return try token.withHandler {
            self.cancel()
            guard let pool = try? WorkerPool(count: 1, name: "tauro-cancel") else { return }
            pool.submit { self.cancel(until: isOver) }
            pool.leave()
        } _: {
            try body()
        }
    }

    private func cancel(until isOver: Monitor<Bool>) {
        while true {
            usleep(100_000)
            let hasEnded = isOver.withLock { hasEnded in
                if !hasEnded { self.cancel() }
                return hasEnded
            }
            if hasEnded { return }
        }
    }
}
