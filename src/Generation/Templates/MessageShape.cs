using GenAI.Generation.Templates.Jinja.Values;

namespace GenAI.Generation.Templates;

/// <summary>The choices that templates make differently where the message format leaves them open.</summary>
/// <param name="TextAsParts">Text is a list of typed parts instead of a string.</param>
/// <param name="ArgumentsAsText">A call's arguments are JSON text instead of an object.</param>
/// <param name="EmptyContentAsText">An answer without text has an empty string instead of none.</param>
/// <param name="HasDeveloperRole">The template knows the developer role; where it does not, those messages are the system's.</param>
/// <param name="NoTools">What <c>tools</c> is when there are none; null leaves it undefined.</param>
internal sealed record MessageShape(bool TextAsParts, bool ArgumentsAsText, bool EmptyContentAsText, bool HasDeveloperRole, JinjaValue? NoTools = null);
