import TauroBasics
import TauroData
import TauroEngine
import TauroModel

/// Stores the rows of a frame into a table in one transaction, and once a commit.
struct DatabaseCommit {
    let settings: DatabaseSettings
    let table: DatabaseTable
    let sessions: DatabaseSessions
    let engine: any Engine
    let commit: CommitIdentity
    let cancellation: CancellationToken
    let atStep: @Sendable (DatabaseStep) throws -> Void

    /// Stores the rows, and returns how many this commit stored, now or before; nil where others' are there and are left alone.
    func store(_ frame: Frame) throws -> Int64? {
        let connection = try sessions.connect(settings)
        defer { connection.close() }
        do {
            return try cancellation.withHandler {
                connection.cancel()
            } _: {
                let commits = CommitTable(for: table, settings, on: connection)
                try commits.make(sessions)
                return try transaction(frame, commits, on: connection)
            }
        } catch let broken as BrokenCommit {
            connection.rollback()
            connection.close()
            return try outcome(of: broken)
        } catch {
            connection.rollback()
            throw failure(error)
        }
    }

    /// The error of a commit, after which the database may have kept the rows or not.
    private struct BrokenCommit: Error {
        let cause: any Error
    }

    /// Asks over a new connection what became of a commit whose answer was lost.
    private func outcome(of broken: BrokenCommit) throws -> Int64 {
        let stored: Int64?
        do {
            let inquiry = CommitInquiry(settings: settings, table: table, sessions: sessions)
            stored = try inquiry.ask { try $0.rows(of: commit) }
        } catch {
            throw settings.failure(
                .unwritable,
                "it is not known whether the rows were stored into \(settings.place): the commit ended with \(broken.cause),"
                    + " and the database could not be asked: \(error); to resume the run is safe, for a commit that is there"
                    + " is not stored again"
            )
        }
        guard let stored else { throw failure(broken.cause) }
        return stored
    }

    private func transaction(_ frame: Frame, _ commits: CommitTable, on connection: ADBCConnection) throws -> Int64? {
        // What is not known of a database is asked outside of the transaction, which an error would end.
        let isThereBefore = settings.dialect == .other ? try exists(on: connection) : false
        try connection.begin()
        try commits.lock()
        try atStep(.begun)
        if let rows = try commits.rows(of: commit) { return rows }
        let earlier = try commits.earlier(than: commit)
        if !earlier.isEmpty, let obstacle = settings.obstacleToReplacing {
            throw DatasetError(.alreadyExists, obstacle)
        }
        let isThere = settings.dialect == .other ? isThereBefore : try exists(on: connection)
        switch settings.dataset.writeMode {
        case .ignore where isThere: return nil
        case .error where isThere:
            throw settings.failure(
                .alreadyExists,
                "\(settings.place) is there already, and write_mode is error; use overwrite, append or ignore"
            )
        default: break
        }
        let conversion = try prepare(frame.schema(), isThere: isThere, on: connection)
        try atStep(.prepared)
        let rows = try ingest(frame, conversion, on: connection)
        try atStep(.ingested)
        for commit in earlier { try commits.forget(commit) }
        try commits.record(commit, rows: rows)
        try atStep(.recorded)
        if cancellation.isCancelled { throw ADBCError(message: "cancelled") }
        do {
            try connection.commit()
            try atStep(.committed)
        } catch {
            throw BrokenCommit(cause: error)
        }
        return rows
    }

    private func exists(on connection: ADBCConnection) throws -> Bool {
        try sessions.exists(table, settings, on: connection)
    }

    /// Makes the table where it is needed, empties it where its rows are replaced, and says how the new rows go in; nil where
    /// the driver makes the table.
    private func prepare(_ schema: Schema, isThere: Bool, on connection: ADBCConnection) throws -> ColumnConversion? {
        if isThere {
            let stored = try StoredTable(table, settings, engine: engine, on: connection)
            switch (stored.fit(schema), settings.dataset.writeMode) {
            case (.fits(let conversion), .overwrite):
                // The table stays, with its rights, indexes and the views over it.
                try connection.execute("DELETE FROM \(table.quoted)")
                return conversion
            case (.fits(let conversion), _): return conversion
            case (.differs, .overwrite) where settings.dataset.layout.overwritesSchema?.value ?? true:
                try connection.execute("DROP TABLE \(table.quoted)")
            case (.differs(let reasons), _): throw disagreement(reasons)
            }
        }
        let new = try NewTable(for: schema, settings, engine: engine)
        guard let columns = new.columns else { return nil }
        try connection.execute("CREATE TABLE \(table.quoted) (\(columns))")
        return new.conversion
    }

    private func disagreement(_ reasons: [String]) -> DatasetError {
        let cure =
            settings.dataset.writeMode == .append
            ? "return the columns of the table, or begin anew with write_mode: overwrite"
            : "return the columns of the table, or let them change with overwrite_schema: true"
        return settings.failure(
            .unwritable,
            "the new rows do not fit \(settings.place): \(reasons.joined(separator: "; ")); \(cure)"
        )
    }

    private func ingest(_ frame: Frame, _ conversion: ColumnConversion?, on connection: ADBCConnection) throws -> Int64
    {
        let plain = ColumnConversion(engine: engine, columns: nil)
        let rows = try DepartingRows(frame, conversion ?? plain, cancellation)
        do {
            try connection.ingest(
                rows,
                into: table.name,
                schema: table.schema,
                mode: conversion == nil ? "create" : "append"
            )
        } catch {
            throw rows.failure ?? error
        }
        return rows.count
    }

    private func failure(_ error: any Error) -> any Error {
        if cancellation.isCancelled {
            return settings.failure(.cancelled, "storing into \(settings.place) was cancelled")
        }
        switch error {
        case is ResourceError: return error
        case let error as DatasetError: return error
        case let error as SQLError where error.code == .missingEngine: return error
        case let error as SQLError: return words(error.message)
        default: return words("\(error)")
        }
    }

    /// A database of which nothing is known may end a transaction where it likes.
    private func words(_ reason: String) -> DatasetError {
        let place = settings.place
        let what = settings.dialect == .other ? "storing into \(place) failed" : "nothing was stored into \(place)"
        return settings.failure(.unwritable, "\(what): \(reason)")
    }
}
