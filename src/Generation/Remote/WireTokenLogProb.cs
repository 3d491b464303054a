namespace GenAI.Generation.Remote;

internal sealed record WireTokenLogProb(string Token, double Logprob, List<int>? Bytes, List<WireTokenLogProb>? TopLogprobs)
{
    public TokenLogProb ToTokenLogProb() => new(
        Token,
        Logprob,
        Bytes is null ? System.Text.Encoding.UTF8.GetBytes(Token) : Bytes.ConvertAll(value => (byte)value),
        TopLogprobs?.ConvertAll(top => top.ToTokenLogProb()) ?? []);
}
