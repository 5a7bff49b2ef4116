/// A queue that gives its smallest element first.
///
/// What is added in ascending order waits in a list, the rest in a binary heap: in order, nothing costs more than a place
/// in a list.
struct MinHeap<Element: Comparable & Sendable>: Sendable {
    private var elements: [Element] = []
    /// Ascending; those before `head` are gone.
    private var run: [Element] = []
    private var head = 0

    var isEmpty: Bool { elements.isEmpty && head == run.count }

    /// The smallest element, which `pop` would take.
    var first: Element? {
        guard head < run.count else { return elements.first }
        guard let least = elements.first, least < run[head] else { return run[head] }
        return least
    }

    mutating func push(_ element: Element) {
        guard let last = run.last, element < last else { return run.append(element) }
        elements.append(element)
        var child = elements.count - 1
        while child > 0, elements[child] < elements[(child - 1) / 2] {
            elements.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> Element? {
        guard head < run.count else { return popHeap() }
        if let least = elements.first, least < run[head] { return popHeap() }
        defer { advance() }
        return run[head]
    }

    /// Moving what is left costs its length, so as many must have gone before.
    private mutating func advance() {
        head += 1
        if head == run.count {
            run.removeAll(keepingCapacity: true)
        } else if head >= 1024 && head >= run.count / 2 {
            run.removeFirst(head)
        } else {
            return
        }
        head = 0
    }

    private mutating func popHeap() -> Element? {
        guard let smallest = elements.first, let last = elements.popLast() else { return nil }
        if elements.isEmpty { return smallest }
        elements[0] = last
        siftDown()
        return smallest
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var least = 2 * parent + 1
            guard least < elements.count else { return }
            if least + 1 < elements.count, elements[least + 1] < elements[least] { least += 1 }
            guard elements[least] < elements[parent] else { return }
            elements.swapAt(parent, least)
            parent = least
        }
    }
}
