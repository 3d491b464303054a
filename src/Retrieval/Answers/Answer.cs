namespace GenAI.Retrieval.Answers;

/// <summary>An answer made from evidence.</summary>
/// <param name="Text">What the user reads.</param>
/// <param name="Citations">In the order in which they occur in the text.</param>
/// <param name="Policy">Name of the policy that made it (see <see cref="AnswerPolicyNames"/>).</param>
/// <param name="Abstained">True when the sources do not hold an answer; the text then says so and cites nothing.</param>
public sealed record Answer(string Text, IReadOnlyList<AnswerCitation> Citations, string Policy, bool Abstained);
