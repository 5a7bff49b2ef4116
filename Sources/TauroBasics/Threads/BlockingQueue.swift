/// A first-in, first-out queue whose readers wait.
///
/// Safe from any thread; unbounded.
package final class BlockingQueue<Element: Sendable>: Sendable {
    private struct State: Sendable {
        /// Elements from `head` on are waiting; what is before it was taken and is let go of.
        var elements: [Element?] = []
        var head = 0
        var isClosed = false

        /// The next element, nil inside when there will be none, nil outside while there is none yet.
        mutating func take() -> Element?? {
            guard head < elements.count else { return isClosed ? .some(nil) : nil }
            let element = elements[head]
            elements[head] = nil
            head += 1
            // Moving what is left costs its length, so as many elements must have gone before.
            if head == elements.count || (head >= 1024 && head >= elements.count / 2) {
                elements.removeFirst(head)
                head = 0
            }
            return .some(element)
        }
    }

    private let monitor = Monitor(State())

    package init() {}

    /// Adds an element.
    ///
    /// - Returns: false after `close()`; the element is dropped then.
    @discardableResult
    package func push(_ element: Element) -> Bool {
        monitor.withLockNotifyingOne { state in
            if state.isClosed { return false }
            state.elements.append(element)
            return true
        }
    }

    /// Lets readers take what is left, and then nil.
    package func close() {
        monitor.withLockNotifyingAll { $0.isClosed = true }
    }

    /// Takes the oldest element; waits for one.
    ///
    /// Nil once the queue is closed and empty.
    package func pop() -> Element? {
        monitor.awaitValue { $0.take() }
    }
}
