using System.Text;
using AkkaKv.Commands.Table;

namespace AkkaKv.Commands.Access;

/// <summary>The users as a file has them: a line of "user NAME rules…" for each.</summary>
public static class AclFile
{
    /// <summary>What is wrong with the text of a file, in Redis's words; null if nothing is.</summary>
    /// <param name="name">The file's name for the message.</param>
    /// <param name="text">Its text; each character is one byte.</param>
    public static string? Check(string name, string text)
    {
        Parse(new AccessControl(CommandTable.Default), name, text, out string errors);
        return errors.Length == 0 ? null : errors;
    }

    /// <summary>What is wrong with a user's rules, one text with blanks between them; null if nothing is.</summary>
    public static string? CheckUser(string name, string rules)
    {
        if (name.Length == 0 || AclText.HasSpaces(name))
        {
            return "Usernames can't contain spaces or null characters";
        }

        AclUser user = new(name, CommandTable.Default);
        return UserRules.ApplyAll(user, Words(rules), out _);
    }

    /// <summary>The words of a line.</summary>
    internal static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The users in the text of a file; <paramref name="errors"/> is empty if it has no mistakes.</summary>
    internal static List<AclUser> Parse(AccessControl access, string name, string text, out string errors)
    {
        StringBuilder found = new();
        List<AclUser> users = [];
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Trim().Split(' ');
            if (words is [""])
            {
                continue;
            }

            if (words[0] != "user" || words.Length < 2)
            {
                found.Append($"{name}:{i + 1} should start with user keyword followed by the username. ");
            }
            else if (AclText.HasSpaces(words[1]))
            {
                found.Append($"'{name}:{i + 1}: username '{words[1]}' contains invalid characters. ");
            }
            else if (users.Any(user => user.Name == words[1]))
            {
                found.Append($"WARNING: Duplicate user '{words[1]}' found on line {i + 1}. ");
            }
            else
            {
                AclUser user = access.Create(words[1]);
                if (UserRules.ApplyAll(user, words[2..], out string rule) is { } error)
                {
                    found.Append(Describe($"{name}:{i + 1}", rule, error));
                }

                users.Add(user);
            }
        }

        if (found.Length > 0)
        {
            found.Append("WARNING: ACL errors detected, no change to the previously active ACL rules was performed");
        }

        errors = found.ToString();
        return users;
    }

    /// <summary>All users as the text of a file.</summary>
    internal static string Format(AccessControl access) =>
        string.Concat(access.Users.Select(user => $"user {user.Name} {UserRules.Describe(user)}\n"));

    /// <summary>Rules that name what does not exist are shown; others might be secrets.</summary>
    private static string Describe(string place, string rule, string error) =>
        error == SelectorRules.Unknown ? $"{place}: Error in applying operation '{rule}': {error}. "
        : error.StartsWith("Unmatched", StringComparison.Ordinal) ? $"{place}: Unmatched parenthesis in selector definition."
        : $"{place}: {error}. ";
}
