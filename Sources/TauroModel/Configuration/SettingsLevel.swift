/// What may say a value for a node: a nearer level wins over a farther one.
///
/// The only statement of this order there is; plans and explanations both follow it. What a call says stands above all
/// levels, what is built in below them.
package enum SettingsLevel: Sendable {
    case node
    case pipeline
    /// `ml_info`, which says nothing but what ML nodes are given.
    case mlInfo
    case globalSettings

    /// Every level, from the one that wins over all others to the one that wins over none.
    package static let nearestFirst: [SettingsLevel] = [.node, .pipeline, .mlInfo, .globalSettings]
}
