import Testing

@testable import TauroExecution

@Suite struct SelectorExpressionTests {
    @Test(arguments: [
        ("a", Selector(.name, "a")),
        ("extract_*", Selector(.name, "extract_*")),
        ("+a", Selector(.name, "a", upstream: .all, position: 2)),
        ("a+", Selector(.name, "a", downstream: .all)),
        ("+a+", Selector(.name, "a", upstream: .all, downstream: .all, position: 2)),
        ("2+a+1", Selector(.name, "a", upstream: .steps(2), downstream: .steps(1), position: 3)),
        ("0+a+0", Selector(.name, "a", position: 3)),
        ("tag:daily", Selector(.tag, "daily", position: 5)),
        ("output:bronze.*", Selector(.output, "bronze.*", position: 8)),
        ("+function:flights.gold.*", Selector(.function, "flights.gold.*", upstream: .all, position: 11)),
        ("name:a", Selector(.name, "a", position: 6)),
        ("3", Selector(.name, "3")),
        ("3+", Selector(.name, "3", downstream: .all)),
        ("a+b", Selector(.name, "a+b")),
    ]) func oneSelector(text: String, expected: Selector) throws {
        #expect(try SelectorExpression(text).groups == [[expected]])
    }

    @Test func commasJoinAndSpacesAdd() throws {
        let groups = try SelectorExpression(" a,tag:x  +b ").groups
        #expect(
            groups == [
                [Selector(.name, "a", position: 2), Selector(.tag, "x", position: 8)],
                [Selector(.name, "b", upstream: .all, position: 12)],
            ]
        )
    }

    @Test(arguments: [
        ("", 1, "nothing is selected"),
        ("  ", 1, "nothing is selected"),
        ("a,", 3, "a selector is missing beside a comma"),
        (",a", 1, "a selector is missing beside a comma"),
        ("+", 1, "a name is missing beside '+'"),
        ("a ++", 4, "a name is missing beside '+'"),
        ("a,tag:", 3, "a name is missing behind 'tag:'"),
        ("+tags:x", 2, "'tags:' is nothing to select by"),
        ("a+99999999999999999999", 3, "99999999999999999999 is too far"),
        ("99999999999999999999+a", 1, "99999999999999999999 is too far"),
    ]) func mistakesAreToldWithTheirPlace(text: String, position: Int, message: String) throws {
        let problem = try #require(throws: SelectorProblem.self) { try SelectorExpression(text) }
        #expect(problem.message == message)
        #expect(problem.position == position)
    }

    @Test func aNearPropertyIsSuggested() throws {
        let problem = try #require(throws: SelectorProblem.self) { try SelectorExpression("tags:x") }
        #expect(problem.cure.hasPrefix("did you mean 'tag:'?"))
    }
}
