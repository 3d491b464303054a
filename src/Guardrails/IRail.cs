namespace GenAI.Guardrails;

/// <summary>One check of texts. Immutable and safe for concurrent use; the state of a check lives in its scan.</summary>
public interface IRail
{
    /// <summary>Name and version, such as <c>pii/1</c>.</summary>
    string Name { get; }

    /// <summary>Whether texts of this stage and provenance are checked at all.</summary>
    bool Covers(RailStage stage, TextProvenance provenance);

    /// <summary>Begins the check of one text.</summary>
    IRailScan Open(RailStage stage, TextProvenance provenance);
}
