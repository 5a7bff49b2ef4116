/// A first-in, first-out queue whose readers wait. Safe from any thread; unbounded.
package final class BlockingQueue<Element: Sendable>: Sendable {
    private struct State: Sendable {
        var elements: [Element] = []
        var head = 0
        var isClosed = false

        /// The next element, nil inside when there will be none, nil outside while there is none yet.
        mutating func take() -> Element?? {
            guard head < elements.count else { return isClosed ? .some(nil) : nil }
            let element = elements[head]
            head += 1
            if head == elements.count || head >= 1024 {
                elements.removeFirst(head)
                head = 0
            }
            return .some(element)
        }
    }

    private let monitor = Monitor(State())

    package init() {}

    /// Adds an element; one added after `close()` is dropped.
    package func push(_ element: Element) {
        monitor.withLockNotifyingOne { state in
            if !state.isClosed { state.elements.append(element) }
        }
    }

    /// Lets readers take what is left, and then nil.
    package func close() {
        monitor.withLockNotifyingAll { $0.isClosed = true }
    }

    /// Takes the oldest element; waits for one. Nil once the queue is closed and empty.
    package func pop() -> Element? {
        monitor.wait { $0.take() }
    }
}
