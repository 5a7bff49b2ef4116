@_exported public import TauroData

/// Makes a function a node of a pipeline, under the dotted name that configuration uses.
///
///     /// Mean delay of each carrier.
///     @Node("flights.gold.by_carrier")
///     func byCarrier(_ flights: Frame, call: Call, minFlights: Int64 = 100) throws -> Frame {
///         try call.sql("""
///             SELECT carrier, avg(dep_delay) AS mean_delay, count(*) AS n
///             FROM flights GROUP BY carrier HAVING count(*) >= $minFlights
///             """)
///     }
///
/// The function stays an ordinary function, which a unit test can call. Its arguments say what the node takes:
///
/// - `Frame` and `Artifact`: inputs, in order; a frame is a table of the argument's name in SQL.
/// - `[Frame]`, as the last input: all remaining inputs, tables `name_0`, `name_1` and so on.
/// - `Call`: the invocation, through which the node runs SQL, writes log lines and asks whether to stop.
/// - `MLContext?`: the machine-learning context, nil unless the run has one.
/// - `Int64`, `Double`, `Bool`, `String`: parameters, `$name` in SQL; with a literal as default, or required.
///
/// It returns a `Frame`, an `Artifact` or nothing, and may throw. `NodeError` says which kind of failure it is,
/// `CancellationError` that the node stopped as it was told; any other error is internal, with its description.
/// The host calls it on a thread of its own, and may call it again on another thread before it has returned; in a
/// package whose default isolation is an actor, declare it `nonisolated`.
///
/// - Parameters:
///   - name: two or more identifiers joined by dots, unique among all plugins of a project.
///   - rowwise: whether a row of the result depends on one row of the input alone, so that a distributed engine may
///     call the node once per partition.
@attached(peer, names: prefixed(_tauroEntry_), prefixed(_tauroNote_))
public macro Node(_ name: String, rowwise: Bool = false) =
    #externalMacro(module: "TauroSDKMacros", type: "NodeMacro")

/// States the plugin's name and version, once, at file scope.
///
///     #Plugin("flights_swift", version: "1.0.0")
///
/// - Parameters:
///   - name: the plugin's name, as lists and lock files show it.
///   - version: its version, for people.
///   - serial: whether the plugin takes one call at a time in a process.
@freestanding(declaration, names: named(_tauroNotePlugin))
public macro Plugin(_ name: String, version: String, serial: Bool = false) =
    #externalMacro(module: "TauroSDKMacros", type: "PluginMacro")
