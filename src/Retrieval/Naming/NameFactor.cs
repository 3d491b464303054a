namespace GenAI.Retrieval.Naming;

/// <summary>What naming a document does to the score of its passages.</summary>
public static class NameFactor
{
    /// <summary>At most 1, so that scores keep their scale: where nothing is named nothing changes, else what is named less falls.</summary>
    /// <param name="weight">Gain of a document that is named whole: 2 trebles its score against one that is not named.</param>
    /// <param name="share">How far the document is named, from 0 to 1.</param>
    /// <param name="most">How far the document is named that is named most.</param>
    public static double Of(double weight, double share, double most) => Gain(weight, share) / Gain(weight, most);

    /// <summary>The square, since two words of three name a document more than twice as surely as one of them.</summary>
    private static double Gain(double weight, double share) => 1 + (weight * share * share);
}
