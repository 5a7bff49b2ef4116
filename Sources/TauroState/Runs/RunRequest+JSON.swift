import TauroBasics
import TauroModel

extension RunRequest {
    /// The request as a document.
    var json: JSONValue {
        [
            "environment": JSONValue(environment), "parameters": .array(parameters.map(\.json)),
            "hyperparameters": .object(
                hyperparameters.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value.json) }
            ), "model_version": JSONValue(modelVersion), "selection": selection.json,
            "isolation": JSONValue(isolation?.rawValue),
        ]
    }

    /// Reads a document that `json` made; nil where it is none.
    init?(_ json: JSONValue) {
        guard let parameters = json.list("parameters", CommandLineParameter.init),
            let selection = json["selection"].flatMap(SelectionRequest.init),
            let hyperparameters = RunRequest.hyperparameters(json["hyperparameters"])
        else { return nil }
        var isolation: NodeIsolation?
        if let word = json["isolation"]?.text {
            guard let known = NodeIsolation(rawValue: word) else { return nil }
            isolation = known
        }
        self.init(
            environment: json["environment"]?.text,
            parameters: parameters,
            hyperparameters: hyperparameters,
            modelVersion: json["model_version"]?.text,
            selection: selection,
            isolation: isolation
        )
    }

    private static func hyperparameters(_ json: JSONValue?) -> [String: ConfigValue]? {
        var values: [String: ConfigValue] = [:]
        for member in json?.members ?? [] {
            guard let value = ConfigValue(member.value) else { return nil }
            values[member.key] = value
        }
        return values
    }
}

extension CommandLineParameter {
    fileprivate var json: JSONValue { ["node": .string(node), "name": .string(name), "text": .string(text)] }

    fileprivate init?(_ json: JSONValue) {
        guard let node = json["node"]?.text, let name = json["name"]?.text, let text = json["text"]?.text else {
            return nil
        }
        self.init(node: node, name: name, text: text)
    }
}

extension SelectionRequest {
    fileprivate var json: JSONValue {
        [
            "select": JSONValue(expressions), "exclude": JSONValue(exclusions), "from_nodes": JSONValue(fromNodes),
            "to_nodes": JSONValue(toNodes), "nodes": JSONValue(nodes), "tags": JSONValue(tags),
        ]
    }

    fileprivate init?(_ json: JSONValue) {
        guard let expressions = json.list("select", \.text), let exclusions = json.list("exclude", \.text),
            let fromNodes = json.list("from_nodes", \.text), let toNodes = json.list("to_nodes", \.text),
            let nodes = json.list("nodes", \.text), let tags = json.list("tags", \.text)
        else { return nil }
        self.init(
            expressions: expressions,
            exclusions: exclusions,
            fromNodes: fromNodes,
            toNodes: toNodes,
            nodes: nodes,
            tags: tags
        )
    }
}

extension JSONValue {
    /// A text, or null.
    init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }

    /// A list of texts.
    init(_ texts: [String]) { self = .array(texts.map(JSONValue.string)) }
}
