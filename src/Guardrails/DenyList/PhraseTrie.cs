using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.DenyList;

/// <summary>Phrases by their canonical lower-case characters; a run of blanks and line ends is one blank.</summary>
internal sealed class PhraseTrie
{
    private readonly Node _root = new();

    public PhraseTrie(IEnumerable<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            var folded = string.Join(' ', CanonicalFold.Fold(phrase).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
            if (folded.Length == 0)
            {
                throw new ArgumentException("A deny-list phrase is empty.", nameof(phrases));
            }

            var node = _root;
            foreach (var character in folded)
            {
                node = node.Next.TryGetValue(char.ToLowerInvariant(character), out var next)
                    ? next
                    : node.Next[char.ToLowerInvariant(character)] = new Node();
            }

            node.IsEnd = true;
        }
    }

    /// <summary>End of the longest phrase that begins here as whole words, or -1.</summary>
    public int Match(CanonicalText text, int start)
    {
        if (char.IsLetterOrDigit(text.Peek(start)) && char.IsLetterOrDigit(text.Peek(start - 1)))
        {
            return -1;
        }

        var best = -1;
        var node = _root;
        for (var position = start; node is not null;)
        {
            if (node.IsEnd && !(char.IsLetterOrDigit(text.Peek(position)) && char.IsLetterOrDigit(text.Peek(position - 1))))
            {
                best = position;
            }

            node = node.Next.Count == 0 ? null : Step(text, node, ref position);
        }

        return best;
    }

    private static Node? Step(CanonicalText text, Node node, ref int position)
    {
        var character = text.Peek(position++);
        if (character is not (' ' or '\n'))
        {
            return node.Next.GetValueOrDefault(char.ToLowerInvariant(character));
        }

        // Blanks are only passed where a phrase goes on behind them: else every blank of a long run would walk the rest of it.
        if (!node.Next.TryGetValue(' ', out var next))
        {
            return null;
        }

        while (text.Peek(position) is ' ' or '\n')
        {
            position++;
        }

        return next;
    }

    private sealed class Node
    {
        public Dictionary<char, Node> Next { get; } = [];

        public bool IsEnd { get; set; }
    }
}
