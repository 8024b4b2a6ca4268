namespace Akka.Actor
{
    /// <summary>The handlers of one behaviour in their order.</summary>
    internal sealed class MessageHandlers
    {
        private readonly List<Func<object, bool>> _handlers = [];
        private bool _complete;

        /// <summary>Adds a handler for messages of a type.</summary>
        public void Add(Type type, Func<object, bool> handler)
        {
            ArgumentNullException.ThrowIfNull(type);
            if (_complete) throw new InvalidOperationException("No handler can be set after one that takes every message; it would never be called.");
            _handlers.Add(handler);
        }

        /// <summary>Adds the handler that takes every message.</summary>
        public void AddLast(Func<object, bool> handler)
        {
            Add(typeof(object), handler);
            _complete = true;
        }

        /// <summary>Gives the message to the first handler that takes it.</summary>
        public bool Handle(object message)
        {
            foreach (var handler in _handlers)
                if (handler(message)) return true;
            return false;
        }
    }
}

namespace Akka.Actor.Internal
{
    /// <summary>An actor that wants to know when its constructor has ended.</summary>
    internal interface IInitializableActor
    {
        void Init();
    }
}
