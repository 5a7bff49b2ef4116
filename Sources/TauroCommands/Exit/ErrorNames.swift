import ArgumentParser
import TauroModel

// Two modules have a `ValidationError`: here the word means ours, and the parser's has a name of its own.

/// A pipeline can not run as it is configured.
typealias ValidationError = TauroModel.ValidationError

/// The command line is wrong.
typealias UsageError = ArgumentParser.ValidationError
