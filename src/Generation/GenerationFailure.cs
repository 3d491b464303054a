namespace GenAI.Generation;

public enum GenerationFailure
{
    /// <summary>The queue is full: try again shortly.</summary>
    Busy,

    /// <summary>Prompt and answer do not fit the model's context.</summary>
    ContextLengthExceeded,

    /// <summary>An option is out of range or not supported by this model.</summary>
    InvalidRequest,

    /// <summary>A model file is missing, damaged or of an unknown kind.</summary>
    ModelUnavailable,

    /// <summary>The engine failed; retrying may help.</summary>
    Engine,

    /// <summary>A remote server refused or broke off.</summary>
    Upstream,
}
