namespace GenAI.Retrieval.Analysis;

/// <summary>The English stemmer known as Porter2: different forms of a word become one term.</summary>
/// <remarks>Source: M. Porter, "The English (Porter2) stemming algorithm", snowballstem.org. Works in place on lower-case letters.</remarks>
internal ref struct EnglishStemmer
{
    private readonly Span<char> _word;
    private int _length;
    private int _r1;
    private int _r2;

    private EnglishStemmer(Span<char> word)
    {
        _word = word;
        _length = word.Length;
    }

    /// <summary>Stems the word where it stands and returns the length that is left.</summary>
    /// <param name="buffer">Holds the word in its first <paramref name="length"/> units, with room for one more.</param>
    public static int Stem(Span<char> buffer, int length)
    {
        if (length <= 2)
        {
            return length;
        }

        var exception = StemExceptions.Find(buffer[..length]);
        if (exception is not null)
        {
            exception.CopyTo(buffer);
            return exception.Length;
        }

        var stemmer = new EnglishStemmer(buffer) { _length = length };
        stemmer.Run();
        return stemmer._length;
    }

    private void Run()
    {
        MarkConsonantY();
        FindRegions();
        Plural();
        if (!StemExceptions.StopsAfterPlural(_word[.._length]))
        {
            PastAndGerund();
            FinalY();
            Apply(StemRules.Step2, _r1);
            Apply(StemRules.Step3, _r1);
            Apply(StemRules.Step4, _r2);
            FinalEOrL();
        }

        for (var i = 0; i < _length; i++)
        {
            if (_word[i] == 'Y')
            {
                _word[i] = 'y';
            }
        }
    }

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private readonly bool EndsWith(string suffix) => _word[.._length].EndsWith(suffix);

    private readonly bool HasVowelBefore(int end)
    {
        for (var i = 0; i < end; i++)
        {
            if (IsVowel(_word[i]))
            {
                return true;
            }
        }

        return false;
    }

    private readonly void MarkConsonantY()
    {
        for (var i = 0; i < _length; i++)
        {
            if (_word[i] == 'y' && (i == 0 || IsVowel(_word[i - 1])))
            {
                _word[i] = 'Y';
            }
        }
    }

    private void FindRegions()
    {
        var word = _word[.._length];
        _r1 = word.StartsWith("gener") || word.StartsWith("arsen") ? 5 : word.StartsWith("commun") ? 6 : RegionAfter(0);
        _r2 = RegionAfter(_r1);
    }

    /// <summary>Where the part begins that follows the first consonant after a vowel.</summary>
    private readonly int RegionAfter(int start)
    {
        for (var i = start + 1; i < _length; i++)
        {
            if (!IsVowel(_word[i]) && IsVowel(_word[i - 1]))
            {
                return i + 1;
            }
        }

        return _length;
    }

    private void Plural()
    {
        if (EndsWith("sses"))
        {
            _length -= 2;
        }
        else if (EndsWith("ied") || EndsWith("ies"))
        {
            _length -= _length > 4 ? 2 : 1;
        }
        else if (EndsWith("s") && !EndsWith("us") && !EndsWith("ss") && HasVowelBefore(_length - 2))
        {
            _length--;
        }
    }

    private void PastAndGerund()
    {
        if (EndsWith("eedly") || EndsWith("eed"))
        {
            var cut = EndsWith("eed") ? 3 : 5;
            if (_length - cut >= _r1)
            {
                _length = _length - cut + 2;
            }

            return;
        }

        var suffix = EndsWith("ingly") ? 5 : EndsWith("edly") ? 4 : EndsWith("ing") ? 3 : EndsWith("ed") ? 2 : 0;
        if (suffix == 0 || !HasVowelBefore(_length - suffix))
        {
            return;
        }

        _length -= suffix;
        if (EndsWith("at") || EndsWith("bl") || EndsWith("iz"))
        {
            _word[_length++] = 'e';
        }
        else if (EndsWithDouble())
        {
            _length--;
        }
        else if (_r1 >= _length && EndsWithShortSyllable(_length))
        {
            _word[_length++] = 'e';
        }
    }

    private readonly bool EndsWithDouble() => _length >= 2 && _word[_length - 1] == _word[_length - 2]
        && _word[_length - 1] is 'b' or 'd' or 'f' or 'g' or 'm' or 'n' or 'p' or 'r' or 't'
        && _word[_length - 1] == _word[_length - 2];

    private readonly bool EndsWithShortSyllable(int end)
    {
        if (end == 2)
        {
            return IsVowel(_word[0]) && !IsVowel(_word[1]);
        }

        return end > 2 && !IsVowel(_word[end - 3]) && IsVowel(_word[end - 2])
            && !IsVowel(_word[end - 1]) && _word[end - 1] is not ('w' or 'x' or 'Y');
    }

    private readonly void FinalY()
    {
        if (_length > 2 && _word[_length - 1] is 'y' or 'Y' && !IsVowel(_word[_length - 2]))
        {
            _word[_length - 1] = 'i';
        }
    }

    private void Apply(StemRule[] rules, int region)
    {
        foreach (var rule in rules)
        {
            if (!EndsWith(rule.Suffix))
            {
                continue;
            }

            var start = _length - rule.Suffix.Length;
            var inRegion = start >= (rule.NeedsSecondRegion ? _r2 : region);
            if (inRegion && (rule.After.Length == 0 || (start > 0 && rule.After.Contains(_word[start - 1]))))
            {
                rule.Replacement.CopyTo(_word[start..]);
                _length = start + rule.Replacement.Length;
            }

            return;
        }
    }

    private void FinalEOrL()
    {
        var last = _length - 1;
        if (EndsWith("e"))
        {
            if (last >= _r2 || (last >= _r1 && !EndsWithShortSyllable(last)))
            {
                _length--;
            }
        }
        else if (EndsWith("ll") && last >= _r2)
        {
            _length--;
        }
    }
}
