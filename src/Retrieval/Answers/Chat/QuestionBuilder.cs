using GenAI.Retrieval.Answers.Text;
using Microsoft.Extensions.AI;

namespace GenAI.Retrieval.Answers.Chat;

/// <summary>Makes a question that stands alone from a conversation.</summary>
internal static class QuestionBuilder
{
    /// <summary>A turn with fewer words of its own leans on the turns before it.</summary>
    private const int MinContentWords = 3;

    private const int MaxTurnsBack = 2;

    /// <summary>The embedder reads no further, and a pasted document is not a question.</summary>
    private const int MaxLength = 2000;

    private static readonly string[] FollowUps = ["and ", "what about", "how about", "also ", "why?", "when?", "who?", "where?", "then "];

    /// <summary>The last user turn, with earlier user turns before it when it is a follow-up such as "and in 2022?"; empty when there is none.</summary>
    public static string Build(IEnumerable<ChatMessage> messages)
    {
        var turns = messages
            .Where(message => message.Role == ChatRole.User && !string.IsNullOrWhiteSpace(message.Text))
            .Select(message => message.Text.Trim())
            .ToList();
        if (turns.Count == 0)
        {
            return string.Empty;
        }

        var first = turns.Count - 1;
        while (first > 0 && turns.Count - 1 - first < MaxTurnsBack && LeansOnEarlier(turns[first]))
        {
            first--;
        }

        var question = string.Join(' ', turns[first..]);
        return question.Length <= MaxLength ? question : question[^MaxLength..];
    }

    private static bool LeansOnEarlier(string turn) =>
        AnswerWords.Content(turn).Count < MinContentWords
        || FollowUps.Any(start => turn.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
