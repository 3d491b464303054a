namespace GenAI.Generation.Templates.Jinja.Values;

/// <summary>A value inside a template. Containers are compared by identity, everything else by content.</summary>
internal abstract class JinjaValue
{
    /// <summary>The word for this kind of value in messages.</summary>
    public abstract string Kind { get; }

    public abstract bool IsTrue { get; }

    public static JinjaValue Of(string text) => new JinjaString(text);

    public static JinjaValue Of(bool value) => value ? JinjaBoolean.True : JinjaBoolean.False;

    public static JinjaValue Of(int value) => new JinjaInteger(value);
}
